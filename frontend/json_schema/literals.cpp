#include "frontend/json_schema/literals.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/json_schema/names.h"

namespace pflow::json_schema {

namespace json = boost::json;

namespace {

/// What stands behind the type of a field: its default, its name in JSON.
std::string field_end(const Property& property, const std::string& name) {
  std::string text;
  if (!property.default_text.empty())
    text = " = " + property.default_text;
  else if (!property.required)
    text = " = none";
  return name == property.name ? text : text + " as " + text_literal(property.name);
}

}  // namespace

Type literal_union(const json::array& values) {
  Type made;
  std::vector<std::string> texts;
  for (const json::value& value : values) {
    if (value.is_null()) {
      made.nullable = true;
      continue;
    }
    if (!value.is_string()) return Type{"json"};
    std::string text = text_literal(value.get_string());
    if (std::ranges::find(texts, text) == texts.end()) texts.push_back(std::move(text));
  }
  if (texts.empty()) return Type{"json"};
  made.text = fmt::format("{}", fmt::join(texts, " | "));
  return made;
}

std::string literal(const json::value& value, const Type& type) {
  if (value.is_bool() && type.text == "bool") return value.get_bool() ? "true" : "false";
  if (value.is_int64() && (type.text == "int" || type.text == "float"))
    return type.text == "int" ? fmt::format("{}", value.get_int64())
                              : fmt::format("{}.0", value.get_int64());
  if (value.is_double() && type.text == "float") {
    const std::string text = fmt::format("{}", value.get_double());
    return text.find_first_not_of("-.0123456789") == text.npos && text.find('.') != text.npos ? text
                                                                                              : "";
  }
  if (!value.is_string()) return {};
  const std::string text = text_literal(value.get_string());
  const bool is_choice = type.text.front() == '"' && type.text.find(text) != type.text.npos;
  return type.text == "str" || is_choice ? text : std::string();
}

std::string record_text(std::string_view name, std::string_view doc,
                        const std::vector<Property>& properties, std::string_view tag) {
  NameTable names;
  std::string text = doc_comment(doc, 0);
  text += fmt::format("schema {}{} {{\n", name,
                      tag.empty() ? std::string() : " as " + text_literal(tag));
  for (const Property& property : properties) {
    const std::string field = names.take(value_name(property.name));
    const bool is_optional =
        property.type.nullable || (!property.required && property.default_text.empty());
    Type type = property.type;
    type.nullable = is_optional;
    text += doc_comment(property.doc, 2);
    text += fmt::format("  {}: {}{}\n", field, type.whole(), field_end(property, field));
  }
  return text + "}\n";
}

}  // namespace pflow::json_schema
