#include "frontend/query/words.h"

namespace pflow::query {

namespace {

constexpr std::string_view kBuiltins =
#include "builtin_page.inc"
    ;
constexpr std::string_view kPolicies =
#include "policies_page.inc"
    ;

bool names_word(std::string_view heading, std::string_view word) {
  while (!heading.empty()) {
    size_t end = heading.find(", ");
    if (heading.substr(0, end) == word) return true;
    if (end == std::string_view::npos) return false;
    heading.remove_prefix(end + 2);
  }
  return false;
}

/// What stands below the heading `## word`, or `## one, word`.
std::string_view section(std::string_view page, std::string_view word) {
  constexpr std::string_view kHeading = "\n## ";
  for (size_t at = page.find(kHeading); at != std::string_view::npos;) {
    size_t line = at + kHeading.size();
    size_t text = page.find('\n', line);
    size_t next = page.find(kHeading, text);
    if (names_word(page.substr(line, text - line), word)) return page.substr(text, next - text);
    at = next;
  }
  return {};
}

/// A link of a page leads nowhere from an editor: its text stays.
std::string without_links(std::string_view text) {
  std::string plain;
  for (size_t at = 0; at < text.size();) {
    size_t middle = text[at] == '[' ? text.find("](", at) : std::string_view::npos;
    size_t end = middle == std::string_view::npos ? middle : text.find(')', middle);
    bool link = end != std::string_view::npos && text.find('\n', at) > end;
    if (link) plain += text.substr(at + 1, middle - at - 1);
    if (!link) plain += text[at];
    at = link ? end + 1 : at + 1;
  }
  return plain;
}

std::string trimmed(std::string_view text) {
  size_t begin = text.find_first_not_of('\n');
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of('\n') - begin + 1));
}

constexpr std::string_view kFence = "\n```\n";

}  // namespace

std::string builtin_signature(std::string_view name) {
  std::string_view text = section(kBuiltins, name);
  size_t open = text.find(kFence);
  if (open == std::string_view::npos) return {};
  size_t begin = open + kFence.size();
  return std::string(text.substr(begin, text.find(kFence, begin) - begin));
}

std::string builtin_text(std::string_view name) {
  std::string_view text = section(kBuiltins, name);
  size_t open = text.find(kFence);
  if (open == std::string_view::npos) return trimmed(without_links(text));
  size_t close = text.find(kFence, open + kFence.size());
  std::string rest(text.substr(0, open));
  if (close != std::string_view::npos) rest += text.substr(close + kFence.size() - 1);
  return trimmed(without_links(rest));
}

std::string policy_text(std::string_view name) {
  return trimmed(without_links(section(kPolicies, name)));
}

}  // namespace pflow::query
