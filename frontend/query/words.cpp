#include "frontend/query/words.h"

#include <fmt/format.h>

#include <algorithm>

namespace pflow::query {

namespace {

constexpr std::string_view kBuiltins =
#include "builtin_page.inc"
    ;
constexpr std::string_view kPolicies =
#include "policies_page.inc"
    ;
constexpr std::string_view kLanguage =
#include "language_pages.inc"
    ;

/// `one, two`, `` `end` and `return` ``.
std::vector<std::string_view> words_of(std::string_view heading) {
  std::vector<std::string_view> words;
  while (!heading.empty()) {
    size_t end = std::min(heading.find(", "), heading.find(" and "));
    std::string_view word = heading.substr(0, end);
    if (word.size() > 2 && word.front() == '`' && word.back() == '`')
      word = word.substr(1, word.size() - 2);
    words.push_back(word);
    if (end == std::string_view::npos) break;
    heading.remove_prefix(end + (heading[end] == ',' ? 2 : 5));
  }
  return words;
}

struct Section {
  std::string_view heading;
  std::string_view text;  ///< below it
};

/// Those of the second level; what stands in a block of code is no heading.
std::vector<Section> sections(std::string_view page) {
  std::vector<Section> found;
  bool code = false, open = false;
  size_t begin = 0;
  auto close = [&](size_t end) {
    if (open) found.back().text = page.substr(begin, end - begin);
    open = false;
  };
  for (size_t at = 0; at < page.size();) {
    size_t end = std::min(page.find('\n', at), page.size());
    std::string_view line = page.substr(at, end - at);
    if (line.starts_with("```")) code = !code;
    if (!code && (line.starts_with("# ") || line.starts_with("## "))) close(at);
    if (!code && line.starts_with("## ")) {
      found.push_back({line.substr(3), {}});
      open = true;
      begin = end;
    }
    at = end + 1;
  }
  close(page.size());
  return found;
}

/// What stands below the heading `## word`, or one that names several.
std::string_view section(std::string_view page, std::string_view word) {
  for (const Section& each : sections(page))
    if (std::ranges::count(words_of(each.heading), word) != 0) return each.text;
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

constexpr std::string_view kClosingFence = "\n```\n";

/// The cells of a line of a table.
std::vector<std::string_view> cells_of(std::string_view line) {
  std::vector<std::string_view> cells;
  while (line.size() > 2 && line.front() == '|') {
    line.remove_prefix(2);
    size_t end = line.find(" |");
    cells.push_back(line.substr(0, end));
    line.remove_prefix(std::min(end, line.size()));
    if (!line.empty()) line.remove_prefix(1);
  }
  return cells;
}

/// What the table of policies says of one, a line a column.
std::string facts_of(std::string_view policy) {
  size_t row = kPolicies.find(fmt::format("\n| `{}` |", policy));
  size_t head = kPolicies.find("\n| policy |");
  if (row == std::string_view::npos || head == std::string_view::npos) return {};
  auto line = [](size_t at) {
    return kPolicies.substr(at + 1, kPolicies.find('\n', at + 1) - at - 1);
  };
  std::vector<std::string_view> names = cells_of(line(head)), values = cells_of(line(row));
  std::string text;
  for (size_t i = 1; i < names.size() && i < values.size(); ++i)
    text += fmt::format("- {}: {}\n", names[i], values[i]);
  return text;
}

}  // namespace

std::string builtin_signature(std::string_view name) {
  std::string_view text = section(kBuiltins, name);
  size_t open = text.find(kClosingFence);
  if (open == std::string_view::npos) return {};
  size_t begin = open + kClosingFence.size();
  return std::string(text.substr(begin, text.find(kClosingFence, begin) - begin));
}

std::string builtin_text(std::string_view name) {
  std::string_view text = section(kBuiltins, name);
  size_t open = text.find(kClosingFence);
  if (open == std::string_view::npos) return trimmed(without_links(text));
  size_t close = text.find(kClosingFence, open + kClosingFence.size());
  std::string rest(text.substr(0, open));
  if (close != std::string_view::npos) rest += text.substr(close + kClosingFence.size() - 1);
  return trimmed(without_links(rest));
}

std::string policy_text(std::string_view name) {
  return trimmed(without_links(section(kPolicies, name)));
}

std::string policy_page(std::string_view name) {
  return fmt::format("# with ({}: …)\n\n{}\n{}\n", name, facts_of(name), policy_text(name));
}

std::string language_text(std::string_view word) {
  return trimmed(without_links(section(kLanguage, word)));
}

std::vector<std::string_view> language_words() {
  std::vector<std::string_view> words;
  for (const Section& each : sections(kLanguage))
    for (std::string_view word : words_of(each.heading))
      if (word.find_first_not_of("abcdefghijklmnopqrstuvwxyz_") == std::string_view::npos)
        words.push_back(word);
  return words;
}

}  // namespace pflow::query
