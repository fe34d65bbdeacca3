#include "words.h"

#include <sqlite3.h>

#include <algorithm>

namespace pf_database {
namespace {

std::string_view first_word(std::string_view text) {
  auto is_part = [](char c) {
    return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9') || c == '_';
  };
  size_t length = 0;
  while (length < text.size() && is_part(text[length])) ++length;
  return text.substr(0, length);
}

bool is_same(std::string_view found, std::string_view word) {
  return found.size() == word.size() &&
         sqlite3_strnicmp(found.data(), word.data(), static_cast<int>(word.size())) == 0;
}

}  // namespace

std::string_view from_statement(std::string_view text) {
  constexpr auto kAll = std::string_view::npos;
  for (;;) {
    text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n\f;"), text.size()));
    size_t end;
    if (text.starts_with("--")) {
      end = text.find('\n');
    } else if (text.starts_with("/*")) {
      end = text.find("*/", 2);
      if (end != kAll) end += 2;
    } else {
      return text;
    }
    text.remove_prefix(end == kAll ? text.size() : end);
  }
}

bool begins_with(std::string_view statement, std::initializer_list<std::string_view> words) {
  std::string_view first = first_word(from_statement(statement));
  return std::any_of(words.begin(), words.end(),
                     [&](std::string_view word) { return is_same(first, word); });
}

bool has_word(std::string_view text, std::string_view word) {
  while (!text.empty()) {
    std::string_view found = first_word(text);
    if (is_same(found, word)) return true;
    text.remove_prefix(found.empty() ? 1 : found.size());
  }
  return false;
}

}  // namespace pf_database
