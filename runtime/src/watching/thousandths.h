/// Times as numbers of JSON: `printf` would take most of the time that a listener takes.
#pragma once

#include "runtime/src/values/buffer.h"

namespace pflow::rt {

/// `12.345` of 12345.
inline void add_thousandths(Buffer& out, int64_t value) {
  if (value < 0) value = 0;
  out.add_int(value / 1000);
  const auto rest = static_cast<int>(value % 1000);
  const char digits[] = {'.', static_cast<char>('0' + rest / 100),
                         static_cast<char>('0' + rest / 10 % 10),
                         static_cast<char>('0' + rest % 10)};
  out.add(digits, sizeof digits);
}

}  // namespace pflow::rt
