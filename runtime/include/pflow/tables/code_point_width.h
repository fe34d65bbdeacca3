/// Terminal columns of code points, for compiler and executables alike. Nothing here
/// needs the standard library.
#pragma once

#include <stddef.h>
#include <stdint.h>

namespace pflow::tables {

struct CodePoints {
  uint32_t first, last;
};

#include "code_point_ranges.inc"

template <size_t N>
constexpr bool contains(const CodePoints (&sorted)[N], uint32_t value) {
  size_t low = 0, high = N;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (value < sorted[middle].first)
      high = middle;
    else if (value > sorted[middle].last)
      low = middle + 1;
    else
      return true;
  }
  return false;
}

/// Columns that a printable code point takes: 0 (combining), 1 or 2 (wide).
constexpr uint32_t code_point_width(uint32_t value) {
  if (value < 0x300) return 1;
  if (contains(kZero, value)) return 0;
  return contains(kWide, value) ? 2 : 1;
}

}  // namespace pflow::tables
