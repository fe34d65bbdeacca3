#include "tools/driver/question/answer_schema.h"

#include <fmt/format.h>

#include <algorithm>

namespace pflow::question {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlanks = " \t\r\n";
  text.remove_prefix(std::min(text.find_first_not_of(kBlanks), text.size()));
  return text.substr(0, text.find_last_not_of(kBlanks) + 1);
}

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_part(char c) { return is_letter(c) || (c >= '0' && c <= '9'); }

bool is_name(std::string_view text) {
  return !text.empty() && is_letter(text[0]) && std::ranges::all_of(text, is_part);
}

/// Whether it can be no more than a type: what it means the compiler says.
bool may_be_type(std::string_view text) {
  return std::ranges::all_of(text, [](char c) {
    return is_part(c) || std::string_view("[]<>?.|\" -").find(c) != std::string_view::npos;
  });
}

/// The field in our own form, or what is wrong with it.
Result<std::string> field_of(std::string_view text) {
  const size_t colon = std::min(text.find(':'), text.size());
  const std::string_view head = trimmed(text.substr(0, colon));
  const size_t blank = std::min(head.find_first_of(" \t"), head.size());
  const std::string_view name = head.substr(0, blank);
  std::string_view type = trimmed(head.substr(blank));
  if (type.empty() || type == "string") type = "str";
  if (!is_name(name))
    return Failure(
        fmt::format("`{}` is no field; a field is `name`, `name type` or `name type: "
                    "what it means`",
                    text));
  if (!may_be_type(type))
    return Failure(fmt::format("`{}` is no type, in the field `{}`", type, name));
  std::string doc(trimmed(text.substr(std::min(colon + 1, text.size()))));
  std::ranges::replace(doc, '\n', ' ');
  return (doc.empty() ? "" : fmt::format("  ## {}\n", doc)) + fmt::format("  {}: {}\n", name, type);
}

}  // namespace

Result<std::string> answer_schema(std::string_view fields) {
  fields = trimmed(fields);
  const char between = fields.find('\n') == fields.npos ? ',' : '\n';
  std::string text = "schema Answer {\n";
  while (!fields.empty()) {
    const size_t end = std::min(fields.find(between), fields.size());
    const std::string_view field = trimmed(fields.substr(0, end));
    fields.remove_prefix(std::min(end + 1, fields.size()));
    if (field.empty()) continue;
    Result<std::string> made = field_of(field);
    if (!made) return made;
    text += *made;
  }
  return text + "}\n";
}

}  // namespace pflow::question
