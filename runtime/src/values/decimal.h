/// Doubles as decimal digits, and back.
#pragma once

#include <stdint.h>

namespace pflow::rt {

/// d.ddd × 10^exponent.
struct Decimal {
  char digits[20];
  int count;
  int exponent;  ///< of the first digit
};

/// The fewest digits that read back as the same double, which is finite and positive.
[[nodiscard]] Decimal shortest_decimal(double value);

/// The double that is nearest to digits × 10^exponent; false where 128 bits are too few to know it.
[[nodiscard]] bool nearest_double(uint64_t digits, int exponent, double* out);

}  // namespace pflow::rt
