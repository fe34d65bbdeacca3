#include "surrogates.h"

#include <charconv>
#include <optional>

namespace pf_models {
namespace {

constexpr size_t kEscape = 6;  ///< `\uXXXX`

/// The code unit of the escape that stands at `at`, if one does.
std::optional<unsigned> unit_at(std::string_view json, size_t at) {
  if (json.size() < at + kEscape || json[at] != '\\' || json[at + 1] != 'u') return std::nullopt;
  unsigned unit = 0;
  const char* digits = json.data() + at + 2;
  const char* end = digits + 4;
  return std::from_chars(digits, end, unit, 16).ptr == end ? std::optional(unit) : std::nullopt;
}

bool is_high(unsigned unit) { return unit >= 0xd800 && unit <= 0xdbff; }
bool is_low(unsigned unit) { return unit >= 0xdc00 && unit <= 0xdfff; }

}  // namespace

std::string with_whole_pairs(std::string_view json) {
  std::string made;
  size_t copied = 0;
  size_t at = json.find('\\');
  while (at != json.npos) {
    std::optional<unsigned> unit = unit_at(json, at);
    size_t length = unit ? kEscape : 2;
    bool half = unit && (is_high(*unit) || is_low(*unit));
    if (half && is_high(*unit) && is_low(unit_at(json, at + kEscape).value_or(0))) {
      length = 2 * kEscape;
      half = false;
    }
    if (half) {
      made.append(json, copied, at - copied).append("\\ufffd");
      copied = at + kEscape;
    }
    at = json.find('\\', at + length);
  }
  return made.append(json.substr(copied));
}

}  // namespace pf_models
