#include "number_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "characters.h"

namespace pf_models::lenient {
namespace {

constexpr std::string_view kMoney[] = {
    "US$",      "A$",           "C$",           "HK$",          "$",   "\xe2\x82\xac", "\xc2\xa3",
    "\xc2\xa5", "\xe2\x82\xb9", "\xe2\x82\xa9", "\xe2\x82\xbd", "USD", "EUR",          "GBP",
    "JPY",      "CNY",          "CHF",          "INR",          "CAD", "AUD",          "SEK",
    "NOK",      "DKK",          "PLN",          "BRL",          "MXN", "KRW",          "RMB",
    "dollars",  "euros"};
constexpr std::string_view kBehind[] = {"%", "percent", "per cent", "\xef\xbc\x85"};
constexpr std::string_view kMinus[] = {"-", "\xe2\x88\x92", "\xe2\x80\x93"};
/// Between thousands.
constexpr std::string_view kGroups[] = {
    ",", "_", "'", "\xe2\x80\x99", " ", "\xc2\xa0", "\xe2\x80\xaf", "\xe2\x80\x89"};

/// Numbers of more digits are not written in words.
constexpr size_t kLongest = 400;

bool take_front(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text = trimmed(text.substr(word.size()));
  return true;
}
bool take_back(std::string_view& text, std::string_view word) {
  if (!text.ends_with(word)) return false;
  text = trimmed(text.substr(0, text.size() - word.size()));
  return true;
}

template <typename Words>
bool take_one_front(std::string_view& text, const Words& words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return take_front(text, word); });
}
template <typename Words>
bool take_one_back(std::string_view& text, const Words& words) {
  return std::ranges::any_of(words, [&](std::string_view word) { return take_back(text, word); });
}

bool all_digits(std::string_view text) { return std::ranges::all_of(text, is_digit); }

/// Digits in groups of three behind the first, one sign between them all; empty: it is not.
std::string ungrouped(std::string_view text) {
  size_t first = 0;
  while (first < text.size() && is_digit(text[first])) ++first;
  std::string made(text.substr(0, first));
  text.remove_prefix(first);
  if (text.empty()) return made;
  const auto* sign = std::ranges::find_if(
      kGroups, [&](std::string_view group) { return text.starts_with(group); });
  if (sign == std::end(kGroups) || first == 0 || first > 3) return {};
  while (!text.empty()) {
    if (!text.starts_with(*sign)) return {};
    text.remove_prefix(sign->size());
    if (text.size() < 3 || !all_digits(text.substr(0, 3))) return {};
    made += text.substr(0, 3);
    text.remove_prefix(3);
  }
  return made;
}

std::string without_zeros(const std::string& digits) {
  size_t zeros = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  return digits.substr(zeros);
}

std::string hexadecimal(std::string_view digits) {
  uint64_t value = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) return {};
  return std::to_string(value);
}

/// `12`, `1,234.50`, `.5`, `1e6`, `0x1f`, without a sign.
std::string plain_number(std::string_view text) {
  if (text.starts_with("0x") || text.starts_with("0X")) return hexadecimal(text.substr(2));
  size_t power = text.find_first_of("eE");
  std::string_view exponent = power == text.npos ? "" : text.substr(power + 1);
  text = text.substr(0, power);
  std::string_view digits = exponent;
  if (digits.starts_with('+') || digits.starts_with('-')) digits.remove_prefix(1);
  if (power != text.npos && (digits.empty() || !all_digits(digits))) return {};
  size_t point = text.find('.');
  std::string_view fraction = point == text.npos ? "" : text.substr(point + 1);
  if (!all_digits(fraction)) return {};
  bool only_fraction = point == 0 && !fraction.empty();
  std::string whole = only_fraction ? "0" : ungrouped(text.substr(0, point));
  if (whole.empty()) return {};
  std::string made = without_zeros(whole);
  while (fraction.ends_with('0')) fraction.remove_suffix(1);
  if (!fraction.empty()) made.append(".").append(fraction);
  if (!exponent.empty()) made.append("e").append(exponent);
  return made;
}

/// The same with `,` before the fraction; empty: it cannot be read so.
std::string with_comma(std::string_view text) {
  size_t comma = text.find(',');
  if (comma == text.npos || text.find(',', comma + 1) != text.npos) return {};
  std::string whole(text.substr(0, comma));
  std::erase(whole, '.');
  return plain_number(whole.append(".").append(text.substr(comma + 1)));
}

NumberWords number_of_digits(std::string_view text) {
  std::string made = plain_number(text);
  if (!made.empty()) return {std::move(made), {}};
  std::string comma = with_comma(text);
  if (comma.empty()) return {};
  std::string dropped(text);
  std::erase(dropped, ',');
  return {std::move(comma), plain_number(dropped)};
}

}  // namespace

NumberWords number_of(std::string_view text) {
  text = trimmed(text);
  if (text.size() > kLongest) return {};
  bool minus = take_one_front(text, kMinus);
  if (!minus) take_front(text, "+");
  bool money = take_one_front(text, kMoney);
  if (money && !minus) minus = take_one_front(text, kMinus);
  if (text.ends_with('.') && text.size() > 1 && !is_digit(text[text.size() - 2]))
    text.remove_suffix(1);
  if (!take_one_back(text, kBehind) && !money) take_one_back(text, kMoney);
  if (text.ends_with('.')) text.remove_suffix(1);
  NumberWords made = number_of_digits(text);
  for (std::string* digits : {&made.digits, &made.other})
    if (minus && !digits->empty()) digits->insert(0, "-");
  return made;
}

namespace {

/// A sign in a word is none that is read, and none to lose.
bool says_minus(std::string_view before) {
  constexpr std::array<std::string_view, 3> kWords = {"minus", "negative", "below"};
  while (!before.empty() && before.back() == ' ') before.remove_suffix(1);
  std::string word;
  while (!before.empty() && is_letter(before.back())) {
    word.insert(word.begin(), static_cast<char>(before.back() | 0x20));
    before.remove_suffix(1);
  }
  return std::ranges::find(kWords, word) != kWords.end();
}

}  // namespace

NumberWords number_within(std::string_view text) {
  NumberWords found;
  for (size_t at = 0; at < text.size();) {
    if (!is_digit(text[at])) {
      ++at;
      continue;
    }
    size_t start = at;
    while (at < text.size() &&
           (is_digit(text[at]) || ((text[at] == '.' || text[at] == ',') && at + 1 < text.size() &&
                                   is_digit(text[at + 1]))))
      ++at;
    // A part of a word, such as `gpt4`, `3rd` or `2x`, or of a date, is no number.
    bool joined = (start > 0 && (is_letter(text[start - 1]) || text[start - 1] == '/')) ||
                  (at < text.size() && (is_letter(text[at]) || text[at] == '/' || text[at] == ':'));
    if (joined || !found.digits.empty() || says_minus(text.substr(0, start))) return {};
    bool minus = start > 0 && text[start - 1] == '-' && (start == 1 || !is_word(text[start - 2]));
    found = number_of(text.substr(minus ? start - 1 : start, at - start + (minus ? 1 : 0)));
    if (found.digits.empty()) return {};
  }
  return found;
}

}  // namespace pf_models::lenient
