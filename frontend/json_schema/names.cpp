#include "frontend/json_schema/names.h"

#include <fmt/format.h>

#include <algorithm>

namespace pflow::json_schema {
namespace {

constexpr std::string_view kReserved[] = {
    "and",   "as",   "assert", "break",  "continue", "each",   "else",  "end",   "extern",
    "false", "flow", "if",     "import", "in",       "let",    "match", "node",  "none",
    "not",   "or",   "par",    "repeat", "return",   "schema", "true",  "until", "with"};

/// Types of the language itself.
constexpr std::string_view kOwnTypes[] = {"Error", "Indexed", "ItemError", "KeyValue", "Pair"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }
char lower(char c) { return is_upper(c) ? static_cast<char>(c - 'A' + 'a') : c; }
char upper(char c) { return is_lower(c) ? static_cast<char>(c - 'a' + 'A') : c; }

}  // namespace

std::string value_name(std::string_view name) {
  std::string made;
  for (char c : name) {
    const bool plain = is_digit(c) || is_upper(c) || is_lower(c);
    if (plain)
      made += c;
    else if (!made.empty() && made.back() != '_')
      made += '_';
  }
  while (!made.empty() && made.back() == '_') made.pop_back();
  // `URL` and `Name` begin in lower case, `userId` stays.
  for (size_t i = 0; i < made.size() && is_upper(made[i]); ++i)
    if (i == 0 || i + 1 == made.size() || !is_lower(made[i + 1])) made[i] = lower(made[i]);
  if (made.empty() || is_digit(made[0])) made.insert(0, "n");
  if (std::ranges::find(kReserved, made) != std::end(kReserved)) made += '_';
  return made;
}

std::string type_name(std::string_view name) {
  std::string made;
  bool begins = true;
  for (char c : name) {
    const bool plain = is_digit(c) || is_upper(c) || is_lower(c);
    if (plain) made += begins ? upper(c) : c;
    begins = !plain;
  }
  if (made.empty() || is_digit(made[0])) made.insert(0, "T");
  return made;
}

std::string node_name(std::string_view name) {
  std::string made;
  for (size_t i = 0; i < name.size(); ++i) {
    const bool ends_word = i > 0 && (is_lower(name[i - 1]) || is_digit(name[i - 1]));
    const bool begins_word =
        i > 0 && i + 1 < name.size() && is_upper(name[i - 1]) && is_lower(name[i + 1]);
    if (is_upper(name[i]) && (ends_word || begins_word)) made += '_';
    made += lower(name[i]);
  }
  return value_name(made);
}

std::string NameTable::take(const std::string& name) {
  std::string made = name;
  for (int number = 2; !taken_.insert(made).second; ++number)
    made = fmt::format("{}{}{}", name, is_digit(name.back()) ? "_" : "", number);
  return made;
}

NameTable type_names() {
  NameTable names;
  for (std::string_view name : kOwnTypes) names.reserve(name);
  return names;
}

std::string text_literal(std::string_view text) {
  std::string made = "\"";
  for (char c : text) {
    switch (c) {
      case '"': made += "\\\""; break;
      case '\\': made += "\\\\"; break;
      case '$': made += "\\$"; break;
      case '\n': made += "\\n"; break;
      case '\t': made += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          made += fmt::format("\\u{{{:x}}}", static_cast<unsigned>(c));
        else
          made += c;
    }
  }
  return made + '"';
}

std::string doc_comment(std::string_view text, int indent) {
  std::string made;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    std::string clean;
    for (char c : line) clean += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    clean.erase(clean.find_last_not_of(' ') + 1);
    if (clean.empty() && (made.empty() || text.empty())) continue;
    made += fmt::format("{:{}}##{}{}\n", "", indent, clean.empty() ? "" : " ", clean);
  }
  return made;
}

}  // namespace pflow::json_schema
