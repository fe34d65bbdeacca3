// print, eprint: the text and a newline in one write.
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "pflow/node.hpp"
#include "terminal.pf.hpp"

namespace {

pf_str with_newline(const pf_str& text) {
  char* bytes;
  pf_str line = pf_str_new(text.len + 1, &bytes);
  if (text.len != 0) memcpy(bytes, text.data, text.len);
  bytes[text.len] = '\n';
  return line;
}

bool write_to_stderr(const char* data, size_t len) {
  while (len > 0) {
    int64_t n = pf_write(STDERR_FILENO, data, len);
    if (n < 0) return false;
    data += n;
    len -= static_cast<size_t>(n);
  }
  return true;
}

/// Writes `text` as a line by `write`; hands it on when that worked.
pf_status show(pf_call* call, const pf_str& text, bool (*write)(const char*, size_t),
               const char* where, pf_str* out) {
  pf_str line = with_newline(text);
  bool written = write(line.data, line.len);
  int error = errno;
  pf_str_release(line);
  if (!written) return pf_fail(call, PF_E_IO, "cannot write to %s: %s", where, strerror(error));
  pf_str_retain(text);
  *out = text;
  return PF_DONE;
}

}  // namespace

pf_status pfn_terminal_print(pf_call* call, const print_in* in, print_out* out) {
  if (&pf_is_printed && pf_is_printed(&in->text)) {
    out->text = pflow::share(in->text);
    return PF_DONE;
  }
  return show(call, in->text, pf_print, "standard output", &out->text);
}

pf_status pfn_terminal_eprint(pf_call* call, const eprint_in* in, eprint_out* out) {
  return show(call, in->text, write_to_stderr, "standard error", &out->text);
}
