#include "runtime/src/yaml/scalar_types.h"

#include <limits>

namespace pflow {
namespace {

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  for (std::string_view word : words)
    if (text == word) return true;
  return false;
}

bool is_null(std::string_view text) {
  return text.empty() || is_one_of(text, {"~", "null", "Null", "NULL"});
}

bool is_true(std::string_view text) {
  return is_one_of(text, {"yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"});
}

bool is_false(std::string_view text) {
  return is_one_of(text, {"no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"});
}

/// What is left of a text while its front is taken.
struct Rest {
  std::string_view text;

  [[nodiscard]] bool empty() const { return text.empty(); }
  [[nodiscard]] bool starts_with(const char* chars) const {
    return !text.empty() && strchr(chars, text.front()) && text.front() != '\0';
  }
  bool take(const char* chars) {
    if (!starts_with(chars)) return false;
    text.remove_prefix(1);
    return true;
  }
  size_t take_all(const char* chars) {
    size_t taken = 0;
    while (take(chars)) ++taken;
    return taken;
  }
  bool take_word(std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
  }
};

constexpr const char* kDigits = "0123456789";
constexpr const char* kSpacedDigits = "0123456789_";

/// `:59`, one or more: a digit before the colon has been taken.
bool take_sixtieths(Rest& rest) {
  if (!rest.starts_with(":")) return false;
  while (rest.take(":")) {
    Rest two = rest;
    if (two.take("012345") && two.take(kDigits))
      rest = two;
    else if (!rest.take(kDigits))
      return false;
  }
  return true;
}

bool is_int(std::string_view text) {
  Rest rest{text};
  rest.take("+-");
  if (rest.take_word("0b")) return rest.take_all("01_") != 0 && rest.empty();
  if (rest.take_word("0x")) return rest.take_all("0123456789abcdefABCDEF_") != 0 && rest.empty();
  if (rest.take("0")) return rest.take_all("01234567_"), rest.empty();
  if (!rest.take("123456789")) return false;
  rest.take_all(kSpacedDigits);
  return rest.empty() || (take_sixtieths(rest) && rest.empty());
}

/// `e+10`: PyYAML asks for the sign.
bool ends_with_exponent(Rest& rest) {
  if (!rest.take("eE")) return rest.empty();
  return rest.take("+-") && rest.take_all(kDigits) != 0 && rest.empty();
}

bool is_float(std::string_view text) {
  if (is_one_of(text, {".nan", ".NaN", ".NAN"})) return true;
  Rest rest{text};
  bool has_sign = rest.take("+-");
  if (is_one_of(rest.text, {".inf", ".Inf", ".INF"})) return true;
  if (!has_sign && rest.take("."))
    return rest.take(kDigits) && (rest.take_all(kSpacedDigits), ends_with_exponent(rest));
  if (!rest.take(kDigits)) return false;
  rest.take_all(kSpacedDigits);
  bool sixty = rest.starts_with(":");
  if ((sixty && !take_sixtieths(rest)) || !rest.take(".")) return false;
  rest.take_all(kSpacedDigits);
  return sixty ? rest.empty() : ends_with_exponent(rest);
}

/// Adds a digit in `base`; false beyond 64 bits.
bool add_digit(uint64_t& value, uint64_t base, uint64_t digit) {
  return !__builtin_mul_overflow(value, base, &value) &&
         !__builtin_add_overflow(value, digit, &value);
}

uint64_t digit_of(char c) {
  auto byte = static_cast<unsigned char>(c);
  return c <= '9' ? byte - uint64_t{'0'} : (byte | 0x20) - uint64_t{'a'} + 10;
}

bool read_digits(std::string_view text, uint64_t base, uint64_t& value) {
  for (char c : text)
    if (c != '_' && !add_digit(value, base, digit_of(c))) return false;
  return true;
}

/// `1:30:00` counts by sixty.
bool read_sixtieths(std::string_view text, uint64_t& value) {
  while (!text.empty()) {
    size_t colon = text.find(':');
    std::string_view part(text.data(), colon == text.npos ? text.size() : colon);
    uint64_t number = 0;
    if (!read_digits(part, 10, number) || !add_digit(value, 60, number)) return false;
    text.remove_prefix(colon == text.npos ? text.size() : colon + 1);
  }
  return true;
}

bool read_magnitude(Rest rest, uint64_t& value) {
  if (rest.take_word("0b")) return read_digits(rest.text, 2, value);
  if (rest.take_word("0x")) return read_digits(rest.text, 16, value);
  if (rest.starts_with("0")) return read_digits(rest.text, 8, value);
  return read_sixtieths(rest.text, value);
}

}  // namespace

YamlKind type_of_plain(std::string_view text) {
  if (is_null(text)) return YamlKind::Null;
  // What begins with another letter, as most texts do, is none of these.
  if (!strchr("+-.0123456789yYnNtTfFoO", text.front())) return YamlKind::Text;
  if (is_true(text) || is_false(text)) return YamlKind::Bool;
  if (is_int(text)) return YamlKind::Int;
  return is_float(text) ? YamlKind::Float : YamlKind::Text;
}

bool fits(std::string_view text, YamlKind kind) {
  YamlKind looks = type_of_plain(text);
  return looks == kind || kind == YamlKind::Text || kind == YamlKind::Bytes ||
         (kind == YamlKind::Float && looks == YamlKind::Int);
}

bool YamlNode::integer(int64_t* out) const {
  if (kind != YamlKind::Int) return false;
  Rest rest{text};
  bool negative = rest.starts_with("-");
  rest.take("+-");
  uint64_t magnitude = 0;
  if (!read_magnitude(rest, magnitude)) return false;
  constexpr auto kMost = static_cast<uint64_t>(std::numeric_limits<int64_t>::max());
  if (magnitude > kMost + (negative ? 1 : 0)) return false;
  *out = static_cast<int64_t>(negative ? 0 - magnitude : magnitude);
  return true;
}

const YamlNode* YamlNode::find(std::string_view key) const {
  for (const YamlEntry& entry : entries)
    if (entry.key.text == key) return &entry.value;
  return nullptr;
}

}  // namespace pflow
