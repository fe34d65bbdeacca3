#include "runtime/src/values/decimal.h"

#include <stdio.h>
#include <stdlib.h>

#include <bit>

namespace pflow::rt {
namespace {

using Wide = unsigned __int128;

constexpr int kMostFives = 27;  // 5^27 is below 2^63
constexpr int kMantissaBits = 53;

constexpr uint64_t power(uint64_t base, int exponent) {
  uint64_t made = 1;
  while (exponent-- > 0) made *= base;
  return made;
}

struct Fives {
  uint64_t at[kMostFives + 1];
};
constexpr Fives make_fives() {
  Fives fives{};
  for (int i = 0; i <= kMostFives; ++i) fives.at[i] = power(5, i);
  return fives;
}
constexpr Fives kFives = make_fives();

int width(Wide number) {
  const auto high = static_cast<uint64_t>(number >> 64);
  return high != 0 ? 64 + std::bit_width(high) : std::bit_width(static_cast<uint64_t>(number));
}

double power_of_two(int exponent) {
  constexpr int kBias = 1023;
  return std::bit_cast<double>(static_cast<uint64_t>(exponent + kBias) << (kMantissaBits - 1));
}

/// number × 2^exponent, and a little more when `inexact`, rounded half to even.
double rounded(Wide number, bool inexact, int exponent) {
  const int drop = width(number) - kMantissaBits;
  if (drop <= 0) return static_cast<double>(static_cast<uint64_t>(number)) * power_of_two(exponent);
  auto kept = static_cast<uint64_t>(number >> drop);
  const Wide half = Wide{1} << (drop - 1);
  const Wide rest = number & ((half << 1) - 1);
  if (rest > half || (rest == half && (inexact || (kept & 1) != 0))) ++kept;
  return static_cast<double>(kept) * power_of_two(exponent + drop);
}

/// The first `count` digits of a value, rounded half to even; false where 128 bits are too few.
bool first_digits(double value, int count, uint64_t* digits, int* exponent) {
  constexpr int kMostTens = 22;  // 10^22 times 53 bits are 127
  const auto bits = std::bit_cast<uint64_t>(value);
  const int biased = static_cast<int>(bits >> (kMantissaBits - 1));
  const uint64_t implicit = uint64_t{1} << (kMantissaBits - 1);
  const uint64_t mantissa = (bits & (implicit - 1)) | implicit;
  const int shift = 1075 - biased;  // value = mantissa / 2^shift
  if (biased == 0) return false;
  // The power of ten at or one below the value, by log10(2) = 78913 / 2^18.
  int first = ((kMantissaBits - 1 - shift) * 78913) >> 18;
  const uint64_t limit = power(10, count);
  for (;; ++first) {
    const int tens = count - 1 - first;
    if (tens < 0 || tens > kMostTens) return false;
    const Wide scaled = (Wide{mantissa} * kFives.at[tens]) << tens;
    const Wide whole = shift > 0 ? scaled >> shift : scaled << -shift;
    if (whole >= limit) continue;
    const Wide half = shift > 0 ? Wide{1} << (shift - 1) : 0;
    const Wide rest = shift > 0 ? scaled - (whole << shift) : 0;
    *digits = static_cast<uint64_t>(whole);
    if (shift > 0 && (rest > half || (rest == half && (*digits & 1) != 0))) ++*digits;
    if (*digits == limit) {
      *digits /= 10;
      ++first;
    }
    *exponent = first;
    return true;
  }
}

/// Writes the digits, at least one, without zeros at their end.
void set_digits(Decimal& decimal, uint64_t digits) {
  while (digits % 10 == 0) digits /= 10;
  decimal.count = 0;
  for (uint64_t rest = digits; rest != 0; rest /= 10) ++decimal.count;
  for (int at = decimal.count; at-- > 0; digits /= 10)
    decimal.digits[at] = static_cast<char>('0' + digits % 10);
}

bool write_with(char* text, size_t size, int precision, double value) {
  snprintf(text, size, "%.*e", precision - 1, value);
  return strtod(text, nullptr) == value;
}

/// Of any value.
Decimal shortest_by_library(double value) {
  char text[40];
  int precision = value < 2.3e-308 ? 1 : 15;
  while (precision < 17 && !write_with(text, sizeof text, precision, value)) ++precision;
  if (precision == 17) write_with(text, sizeof text, 17, value);
  Decimal decimal{};
  const char* at = text;
  for (; *at != 'e'; ++at)
    if (*at != '.') decimal.digits[decimal.count++] = *at;
  while (decimal.count > 1 && decimal.digits[decimal.count - 1] == '0') --decimal.count;
  decimal.exponent = atoi(at + 1);
  return decimal;
}

}  // namespace

bool nearest_double(uint64_t digits, int exponent, double* out) {
  constexpr int kMostTens = 19;
  if (exponent > kMostTens || exponent < -kMostFives) return false;
  if (digits == 0) {
    *out = 0;
  } else if (exponent >= 0) {
    *out = rounded((Wide{digits} * kFives.at[exponent]) << exponent, false, 0);
  } else {
    const int up = 64 + std::countl_zero(digits);
    const Wide scaled = Wide{digits} << up;
    const uint64_t divisor = kFives.at[-exponent];
    const Wide quotient = scaled / divisor;
    *out = rounded(quotient, quotient * divisor != scaled, exponent - up);
  }
  return true;
}

/// Up to 15 digits every decimal survives the way through a normal double, so the shortest form is
/// what 15 digits leave without zeros.
Decimal shortest_decimal(double value) {
  for (int count = 15; count <= 17; ++count) {
    Decimal decimal{};
    uint64_t digits;
    double back;
    if (!first_digits(value, count, &digits, &decimal.exponent)) break;
    const bool reads_back =
        nearest_double(digits, decimal.exponent - count + 1, &back) && back == value;
    if (count < 17 && !reads_back) continue;
    set_digits(decimal, digits);
    return decimal;
  }
  return shortest_by_library(value);
}

}  // namespace pflow::rt
