#include "braces.h"

namespace pf_files {
namespace {

constexpr size_t kMost = 1000;
constexpr size_t kNone = std::string_view::npos;

/// Of the pattern from one place to another; `substr` would need the C++ library.
std::string_view part(std::string_view pattern, size_t from, size_t to) {
  return {pattern.data() + from, to - from};
}

/// Behind a set `[…]` that begins at `at`, else behind that character.
size_t behind(std::string_view pattern, size_t at) {
  size_t close = pattern[at] == '[' ? pattern.find(']', at + 2) : kNone;
  return (close == kNone ? at : close) + 1;
}

/// Where the alternative that begins at `at` ends: at its comma or brace; kNone without.
size_t end_of_alternative(std::string_view pattern, size_t at) {
  size_t depth = 0;
  while (at < pattern.size()) {
    char c = pattern[at];
    if (depth == 0 && (c == ',' || c == '}')) return at;
    if (c == '{') ++depth;
    if (c == '}') --depth;
    at = behind(pattern, at);
  }
  return kNone;
}

/// The first brace with alternatives; kNone without.
size_t first_brace(std::string_view pattern) {
  for (size_t at = 0; at < pattern.size(); at = behind(pattern, at)) {
    if (pattern[at] != '{') continue;
    size_t end = end_of_alternative(pattern, at + 1);
    if (end == kNone || pattern[end] != ',') continue;
    while (end != kNone && pattern[end] == ',') end = end_of_alternative(pattern, end + 1);
    if (end != kNone) return at;
  }
  return kNone;
}

}  // namespace

bool expand_braces(std::string_view pattern, pflow::TextList& out) {
  size_t open = first_brace(pattern);
  if (open == kNone) {
    out.add(pattern);
    return out.get().head->len <= kMost;
  }
  size_t close = open;
  do close = end_of_alternative(pattern, close + 1);
  while (pattern[close] == ',');
  for (size_t at = open + 1; at <= close;) {
    size_t end = end_of_alternative(pattern, at);
    pflow::Text chosen(pflow::join({part(pattern, 0, open), part(pattern, at, end),
                                    part(pattern, close + 1, pattern.size())}));
    if (!expand_braces(chosen.view(), out)) return false;
    at = end + 1;
  }
  return true;
}

}  // namespace pf_files
