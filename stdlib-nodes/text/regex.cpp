// Functions on regular expressions: matches, find_all, replace_re.
#include <re2/re2.h>

#include <string>
#include <string_view>
#include <vector>

#include "patterns.h"
#include "pieces.h"
#include "text.pf.hpp"

namespace {

using pf_text::find_pattern;
using pf_text::Pattern;
using pf_text::piece;
using re2::RE2;
using re2::StringPiece;

const RE2* compile(pf_call* call, const pf_str& text) {
  const Pattern* pattern = find_pattern(call, text);
  return pattern ? &pattern->regex : nullptr;
}

/// Calls `each(groups)` for every match, left to right. After an empty match the
/// search goes on one code point later.
template <typename Each>
void for_each_match(const RE2& pattern, const pf_str& text, int groups, Each each) {
  StringPiece whole = piece(text);
  std::vector<StringPiece> found(static_cast<size_t>(groups) + 1);
  const char* previous_end = nullptr;
  for (size_t at = 0; at <= whole.size();) {
    if (!pattern.Match(whole, at, whole.size(), RE2::UNANCHORED, found.data(), groups + 1)) break;
    const char* start = found[0].data();
    const char* end = start + found[0].size();
    bool repeats = found[0].empty() && start == previous_end;
    if (!repeats) each(found);
    previous_end = end;
    at = static_cast<size_t>(end - whole.data());
    if (!found[0].empty()) continue;
    at += at < whole.size() ? pf_text::code_point_bytes(whole[at]) : 1;
  }
}

/// A replacement: literal text, then perhaps a group.
struct Part {
  std::string text;
  int group = -1;
};

/// The group that a name or number in a replacement means, -1 when there is none.
int group_of(const RE2& pattern, const std::string& name) {
  if (name.empty()) return -1;
  if (name.find_first_not_of("0123456789") == std::string::npos) {
    if (name.size() > 4) return -1;
    int number = std::atoi(name.c_str());
    return number <= pattern.NumberOfCapturingGroups() ? number : -1;
  }
  const auto& named = pattern.NamedCapturingGroups();
  auto found = named.find(name);
  return found == named.end() ? -1 : found->second;
}

/// Reads the group reference behind the `$` at `at`; moves `at` behind it.
std::string reference(std::string_view text, size_t& at) {
  ++at;
  if (at < text.size() && text[at] == '{') {
    size_t close = text.find('}', at);
    if (close == std::string_view::npos) return "";
    std::string name(text.data() + at + 1, close - at - 1);
    at = close + 1;
    return name;
  }
  size_t from = at;
  while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
  return std::string(text.data() + from, at - from);
}

bool fail_group(pf_call* call, const RE2& pattern, const std::string& name) {
  if (name.empty()) {
    pf_fail(call, PF_E_VALUE, "a `$` in the replacement names no group; a dollar sign is `$$`");
  } else {
    pf_fail(call, PF_E_VALUE, "the replacement names the group `%s`, but `%s` has no such group",
            name.c_str(), pattern.pattern().c_str());
  }
  return false;
}

/// False after the call was failed.
bool parse_replacement(pf_call* call, const RE2& pattern, const pf_str& to,
                       std::vector<Part>& parts) {
  std::string_view text(to.len == 0 ? "" : to.data, to.len);
  parts.emplace_back();
  for (size_t at = 0; at < text.size();) {
    if (text[at] != '$') {
      parts.back().text += text[at++];
    } else if (at + 1 < text.size() && text[at + 1] == '$') {
      parts.back().text += '$';
      at += 2;
    } else {
      std::string name = reference(text, at);
      parts.back().group = group_of(pattern, name);
      if (parts.back().group < 0) return fail_group(call, pattern, name);
      parts.emplace_back();
    }
  }
  return true;
}

}  // namespace

pf_status pfn_text_matches(pf_call* call, const matches_in* in, matches_out* out) {
  const Pattern* pattern = find_pattern(call, in->pattern);
  if (!pattern) return PF_FAILED;
  StringPiece text = piece(in->text);
  out->found = pattern->literals.may_match({text.data(), text.size()}) &&
               pattern->regex.Match(text, 0, text.size(), RE2::UNANCHORED, nullptr, 0);
  return PF_DONE;
}

pf_status pfn_text_find_all(pf_call* call, const find_all_in* in, find_all_out* out) {
  const RE2* pattern = compile(call, in->pattern);
  if (!pattern) return PF_FAILED;
  pf_text::Pieces pieces;
  const char* start = piece(in->text).data();
  for_each_match(*pattern, in->text, 0, [&](const std::vector<StringPiece>& found) {
    size_t from = static_cast<size_t>(found[0].data() - start);
    pieces.add(pf_text::slice(in->text, from, from + found[0].size()));
  });
  out->found = pieces.take();
  return PF_DONE;
}

pf_status pfn_text_replace_re(pf_call* call, const replace_re_in* in, replace_re_out* out) {
  const RE2* pattern = compile(call, in->pattern);
  if (!pattern) return PF_FAILED;
  std::vector<Part> parts;
  if (!parse_replacement(call, *pattern, in->to, parts)) return PF_FAILED;
  std::string made;
  StringPiece text = piece(in->text);
  const char* done = text.data();
  int groups = pattern->NumberOfCapturingGroups();
  for_each_match(*pattern, in->text, groups, [&](const std::vector<StringPiece>& found) {
    made.append(done, static_cast<size_t>(found[0].data() - done));
    for (const Part& part : parts) {
      made += part.text;
      if (part.group < 0) continue;
      const StringPiece& group = found[static_cast<size_t>(part.group)];
      made.append(group.data() ? group.data() : "", group.size());
    }
    done = found[0].data() + found[0].size();
  });
  made.append(done, static_cast<size_t>(text.data() + text.size() - done));
  out->text = pf_str_copy(made.data(), made.size());
  return PF_DONE;
}
