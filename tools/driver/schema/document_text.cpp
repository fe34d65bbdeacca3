#include "tools/driver/schema/document_text.h"

#include <fmt/format.h>

#include <boost/json.hpp>
#include <charconv>

#include "frontend/json_schema/json_text.h"
#include "pflow/yaml.hpp"

namespace pflow::schema {
namespace {

namespace json = boost::json;

json::value text_value(std::string_view text) { return json::value(json::string(text)); }

/// Decimal, or hexadecimal and octal with their prefix.
json::value int_value(const YamlNode& node) {
  std::string_view text = node.text;
  if (text.starts_with('+')) text.remove_prefix(1);
  int base = 10;
  if (text.starts_with("0x") || text.starts_with("0o")) {
    base = text[1] == 'x' ? 16 : 8;
    text.remove_prefix(2);
  }
  int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number, base);
  return error == std::errc() && at == end ? json::value(number) : text_value(node.text);
}

json::value float_value(const YamlNode& node) {
  std::string_view text = node.text;
  if (text.starts_with('+')) text.remove_prefix(1);
  double number = 0;
  const char* end = text.data() + text.size();
  const auto [at, error] = std::from_chars(text.data(), end, number);
  return error == std::errc() && at == end ? json::value(number) : text_value(node.text);
}

json::value value_of(const YamlNode& node) {
  switch (node.kind) {
    case YamlKind::Null: return nullptr;
    case YamlKind::Bool: {
      const bool yes = node.text == "true" || node.text == "True" || node.text == "TRUE";
      const bool no = node.text == "false" || node.text == "False" || node.text == "FALSE";
      return yes || no ? json::value(yes) : text_value(node.text);
    }
    case YamlKind::Int: return int_value(node);
    case YamlKind::Float: return float_value(node);
    case YamlKind::Text:
    case YamlKind::Bytes: return text_value(node.text);
    case YamlKind::List: {
      json::array made;
      made.reserve(node.items.size());
      for (const YamlNode& item : node.items) made.push_back(value_of(item));
      return made;
    }
    case YamlKind::Map: {
      json::object made;
      for (const YamlEntry& entry : node.entries) made[entry.key.text] = value_of(entry.value);
      return made;
    }
  }
  return nullptr;
}

}  // namespace

Result<json::value> read_document_text(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return Failure("it is empty");
  if (text[begin] == '{') return json_schema::read_json(text);
  const YamlDocument document(text);
  if (document.ok()) return value_of(document.root());
  const YamlProblem& problem = document.problem();
  return Failure(fmt::format("line {}: it is no YAML: {}", problem.line,
                             std::string_view(problem.message.data, problem.message.len)));
}

}  // namespace pflow::schema
