// The one gate by which bytes from outside become a text.
#include <stdio.h>
#include <string.h>

#include "pflow/abi.h"
#include "runtime/src/values/utf8.h"

size_t pf_byte_order_mark(const char* data, size_t len) {
  return len >= 3 && memcmp(data, "\xef\xbb\xbf", 3) == 0 ? 3 : 0;
}

void pf_not_text(pf_text_problem* problem, const char* bad, size_t left, size_t offset) {
  snprintf(problem->message, sizeof(problem->message), "is not UTF-8: byte 0x%02x at offset %zu",
           static_cast<unsigned char>(*bad), offset);
  bool utf16 = offset == 0 && left >= 2 &&
               (memcmp(bad, "\xff\xfe", 2) == 0 || memcmp(bad, "\xfe\xff", 2) == 0);
  problem->help =
      utf16 ? "this begins as UTF-16 does; `iconv -f UTF-16 -t UTF-8` makes UTF-8 of it" : nullptr;
}

bool pf_take_text(pf_str* bytes, pf_text_problem* problem) {
  size_t valid = pflow::rt::utf8_valid_prefix(bytes->data, bytes->len);
  if (valid != bytes->len) {
    pf_not_text(problem, bytes->data + valid, bytes->len - valid, valid);
    return false;
  }
  size_t mark = pf_byte_order_mark(bytes->data, bytes->len);
  bytes->data += mark;
  bytes->len -= mark;
  return true;
}
