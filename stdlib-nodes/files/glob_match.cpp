#include "glob_match.h"

namespace pf_files {
namespace {

/// The first code point of `text`, with its bytes packed: only compared. What is not
/// UTF-8 counts a byte each.
struct Character {
  explicit Character(std::string_view text) {
    auto lead = static_cast<unsigned char>(text[0]);
    size_t wanted = lead < 0xc0 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    while (bytes < wanted && bytes < text.size()) {
      value = value << 8 | static_cast<unsigned char>(text[bytes++]);
    }
  }
  unsigned value = 0;
  size_t bytes = 0;
};

/// A set `[…]` at the start of a pattern; `length` is 0 when it has no end.
struct Set {
  explicit Set(std::string_view pattern) {
    size_t at = 1;
    negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
    if (negated) ++at;
    size_t close = pattern.find(']', at + 1);
    if (close == std::string_view::npos) return;
    members = {pattern.data() + at, close - at};
    length = close + 1;
  }
  [[nodiscard]] bool has(unsigned wanted) const {
    for (std::string_view left = members; !left.empty();) {
      Character low(left);
      Character high = low;
      left.remove_prefix(low.bytes);
      if (left.size() > 1 && left[0] == '-') {
        left.remove_prefix(1);
        high = Character(left);
        left.remove_prefix(high.bytes);
      }
      if (low.value <= wanted && wanted <= high.value) return !negated;
    }
    return negated;
  }
  std::string_view members;
  size_t length = 0;
  bool negated = false;
};

/// How many bytes of the pattern fit the first character of `name`; 0: none does.
size_t step(std::string_view pattern, const Character& character) {
  if (pattern.empty() || pattern[0] == '*') return 0;
  if (pattern[0] == '?') return 1;
  if (pattern[0] == '[') {
    Set set(pattern);
    if (set.length != 0) return set.has(character.value) ? set.length : 0;
  }
  Character wanted(pattern);
  return wanted.value == character.value ? wanted.bytes : 0;
}

}  // namespace

bool has_wildcard(std::string_view pattern) {
  return pattern.find_first_of("*?[") != std::string_view::npos;
}

bool glob_match(std::string_view pattern, std::string_view name) {
  if (name.starts_with('.') && !pattern.starts_with('.')) return false;
  // Behind the last star, and where what it stands for ends so far.
  std::string_view retry_pattern, retry_name;
  bool star = false;
  for (;;) {
    if (!pattern.empty() && pattern[0] == '*') {
      pattern.remove_prefix(1);
      retry_pattern = pattern;
      retry_name = name;
      star = true;
      continue;
    }
    if (name.empty()) return pattern.empty();
    Character character(name);
    size_t fits = step(pattern, character);
    if (fits != 0) {
      pattern.remove_prefix(fits);
      name.remove_prefix(character.bytes);
      continue;
    }
    if (!star || retry_name.empty()) return false;
    retry_name.remove_prefix(Character(retry_name).bytes);
    pattern = retry_pattern;
    name = retry_name;
  }
}

}  // namespace pf_files
