/// Code points as UTF-8.
#pragma once

#include <stdint.h>

namespace pflow {

/// Calls `add(char)` for each byte of the code point, which is none of a surrogate.
template <typename Add>
void utf8_encode(uint32_t code_point, Add add) {
  auto put = [&](uint32_t byte) { add(static_cast<char>(byte)); };
  if (code_point < 0x80) return put(code_point);
  if (code_point < 0x800) {
    put(0xc0 | code_point >> 6);
  } else {
    if (code_point < 0x10000) {
      put(0xe0 | code_point >> 12);
    } else {
      put(0xf0 | code_point >> 18);
      put(0x80 | (code_point >> 12 & 0x3f));
    }
    put(0x80 | (code_point >> 6 & 0x3f));
  }
  put(0x80 | (code_point & 0x3f));
}

}  // namespace pflow
