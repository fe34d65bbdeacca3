#include "runtime/src/values/number_text.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "runtime/src/failures/failure.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/decimal.h"

namespace pflow::rt {
namespace {

void add_decimal(Buffer& out, const Decimal& decimal) {
  int point = decimal.exponent + 1;  // digits before the point
  auto count = static_cast<size_t>(decimal.count);
  if (point < -3 || point > 16) {
    out.add(decimal.digits[0]);
    if (count > 1) {
      out.add('.');
      out.add(decimal.digits + 1, count - 1);
    }
    out.format("e%c%02d", decimal.exponent < 0 ? '-' : '+', abs(decimal.exponent));
  } else if (point <= 0) {
    out.add("0.");
    out.fill('0', static_cast<size_t>(-point));
    out.add(decimal.digits, count);
  } else if (static_cast<size_t>(point) >= count) {
    out.add(decimal.digits, count);
    out.fill('0', static_cast<size_t>(point) - count);
    out.add(".0");
  } else {
    out.add(decimal.digits, static_cast<size_t>(point));
    out.add('.');
    out.add(decimal.digits + point, count - static_cast<size_t>(point));
  }
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

size_t skip_digits(pf_str text, size_t at) {
  while (at < text.len && is_digit(text.data[at])) ++at;
  return at;
}

/// Where the decimal number at the start of `text` ends; 0 when there is none.
size_t float_end(pf_str text, bool exponent_allowed) {
  size_t at = text.len > 0 && (text.data[0] == '-' || text.data[0] == '+') ? 1 : 0;
  size_t digits = skip_digits(text, at);
  if (digits == at) return 0;
  at = digits;
  if (at < text.len && text.data[at] == '.') {
    size_t fraction = skip_digits(text, at + 1);
    if (fraction == at + 1) return 0;
    at = fraction;
  }
  if (exponent_allowed && at < text.len && (text.data[at] == 'e' || text.data[at] == 'E')) {
    size_t sign = at + 1;
    if (sign < text.len && (text.data[sign] == '-' || text.data[sign] == '+')) ++sign;
    size_t end = skip_digits(text, sign);
    if (end == sign) return 0;
    at = end;
  }
  return at;
}

/// The double of a well-formed number of few digits; false: it has too many of them.
bool read_few_digits(pf_str text, double* out) {
  constexpr int kMostDigits = 19;
  const char* at = text.data;
  const char* end = at + text.len;
  const bool negative = *at == '-';
  if (negative || *at == '+') ++at;
  uint64_t digits = 0;
  int count = 0, exponent = 0;
  for (bool fraction = false; at != end && *at != 'e' && *at != 'E'; ++at) {
    if (*at == '.') {
      fraction = true;
      continue;
    }
    digits = digits * 10 + static_cast<uint64_t>(*at - '0');
    count += digits != 0 ? 1 : 0;
    exponent -= fraction ? 1 : 0;
    if (count > kMostDigits) return false;
  }
  int64_t said = 0;
  if (at != end &&
      read_int({at + 1, static_cast<size_t>(end - at - 1), nullptr}, &said) != NumberText::Ok)
    return false;
  constexpr int64_t kMost = 1000;
  if (said > kMost || said < -kMost ||
      !nearest_double(digits, exponent + static_cast<int>(said), out))
    return false;
  if (negative) *out = -*out;
  return true;
}

struct Unit {
  const char* name;
  int64_t nanoseconds;
};
constexpr Unit kUnits[] = {{"d", 86'400'000'000'000},
                           {"h", 3'600'000'000'000},
                           {"m", 60'000'000'000},
                           {"s", 1'000'000'000},
                           {"ms", 1'000'000}};

}  // namespace

void add_float(Buffer& out, double value) {
  if (isnan(value)) return out.add("nan");
  if (signbit(value)) out.add('-');
  if (isinf(value)) return out.add("inf");
  if (value == 0) return out.add("0.0");
  add_decimal(out, shortest_decimal(fabs(value)));
}

void add_duration(Buffer& out, int64_t nanoseconds) {
  if (nanoseconds == 0) return out.add("0s");
  for (const Unit& unit : kUnits) {
    if (nanoseconds % unit.nanoseconds != 0) continue;
    out.add_int(nanoseconds / unit.nanoseconds);
    return out.add(unit.name);
  }
  constexpr int64_t kMillisecond = 1'000'000;
  char fraction[8];
  snprintf(fraction, sizeof fraction, "%06d", abs(static_cast<int>(nanoseconds % kMillisecond)));
  size_t len = 6;
  while (fraction[len - 1] == '0') --len;
  if (nanoseconds < 0 && nanoseconds > -kMillisecond) out.add('-');
  out.add_int(nanoseconds / kMillisecond);
  out.add('.');
  out.add(fraction, len);
  out.add("ms");
}

NumberText read_int(pf_str text, int64_t* out) {
  bool negative = text.len > 0 && text.data[0] == '-';
  size_t at = negative || (text.len > 0 && text.data[0] == '+') ? 1 : 0;
  if (at == text.len || skip_digits(text, at) != text.len) return NumberText::Malformed;
  int64_t value = 0;
  for (; at < text.len; ++at) {
    int64_t digit = text.data[at] - '0';
    if (__builtin_mul_overflow(value, 10, &value) || __builtin_sub_overflow(value, digit, &value))
      return NumberText::OutOfRange;
  }
  if (!negative && __builtin_sub_overflow(int64_t{0}, value, &value)) return NumberText::OutOfRange;
  *out = value;
  return NumberText::Ok;
}

NumberText read_float(pf_str text, double* out) {
  if (text.len == 0 || float_end(text, true) != text.len) return NumberText::Malformed;
  if (read_few_digits(text, out)) return NumberText::Ok;
  char digits[64];
  Buffer copy;
  const char* terminated = digits;
  if (text.len < sizeof digits) {
    memcpy(digits, text.data, text.len);
    digits[text.len] = '\0';
  } else {
    copy.add(text);
    terminated = copy.c_str();
  }
  double value = strtod(terminated, nullptr);
  if (isinf(value)) return NumberText::OutOfRange;
  *out = value;
  return NumberText::Ok;
}

NumberText read_duration(pf_str text, int64_t* out) {
  size_t number = float_end(text, false);
  if (number == 0) return NumberText::Malformed;
  pf_str name{text.data + number, text.len - number, nullptr};
  for (const Unit& unit : kUnits) {
    pf_str expected = view(unit.name);
    if (!pf_str_equal(&name, &expected)) continue;
    int64_t whole;
    pf_str digits{text.data, number, nullptr};
    NumberText read = read_int(digits, &whole);
    if (read == NumberText::OutOfRange) return read;
    if (read == NumberText::Ok)
      return __builtin_mul_overflow(whole, unit.nanoseconds, out) ? NumberText::OutOfRange
                                                                  : NumberText::Ok;
    double value;
    if (read_float(digits, &value) != NumberText::Ok) return NumberText::OutOfRange;
    value *= static_cast<double>(unit.nanoseconds);
    if (fabs(value) >= 9.2e18) return NumberText::OutOfRange;
    *out = static_cast<int64_t>(value + (value < 0 ? -0.5 : 0.5));
    return NumberText::Ok;
  }
  return NumberText::Malformed;
}

}  // namespace pflow::rt

using namespace pflow::rt;

namespace {

/// Raises what is wrong with a text that is no number; true when something is.
bool raise_unless_ok(NumberText read, const char* expected, const pf_str& text,
                     const pf_site* site) {
  if (read == NumberText::Ok) return false;
  constexpr size_t kShown = 60;
  auto shown = static_cast<int>(text.len < kShown ? text.len : kShown);
  const char* dots = text.len > kShown ? "..." : "";
  if (read == NumberText::Malformed)
    raise(PF_E_VALUE, site, "expected %s, found `%.*s%s`", expected, shown, text.data, dots);
  else
    raise(PF_E_VALUE, site, "`%.*s%s` does not fit into %s", shown, text.data, dots, expected);
  return true;
}

}  // namespace

bool pf_parse_int(void* out, const pf_str* text, const pf_site* site) {
  return raise_unless_ok(read_int(*text, static_cast<int64_t*>(out)), "an int", *text, site);
}

bool pf_parse_float(void* out, const pf_str* text, const pf_site* site) {
  return raise_unless_ok(read_float(*text, static_cast<double*>(out)), "a float", *text, site);
}

bool pf_float_to_int(void* out, double value, const pf_site* site) {
  bool fits = value >= -0x1p63 && value < 0x1p63;
  auto whole = fits ? static_cast<int64_t>(value) : 0;
  if (fits && static_cast<double>(whole) == value) {
    *static_cast<int64_t*>(out) = whole;
    return false;
  }
  Buffer text;
  add_float(text, value);
  const char* why = isfinite(value) && !fits ? "does not fit into an int" : "is not a whole number";
  raise(PF_E_VALUE, site, "%s %s", text.c_str(), why);
  return true;
}
