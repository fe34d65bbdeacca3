#include "frontend/json_schema/json_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/json.hpp>

namespace pflow::json_schema {
namespace {

namespace json = boost::json;

constexpr size_t kWidth = 100;

/// What fits stands on one line.
void add(std::string& out, const json::value& value, size_t indent) {
  const std::string flat = json::serialize(value);
  const json::object* object = value.if_object();
  const json::array* array = value.if_array();
  if ((object == nullptr && array == nullptr) || flat.size() + indent < kWidth) {
    out += flat;
    return;
  }
  const std::string begin = ",\n" + std::string(indent + 2, ' ');
  size_t count = 0;
  out += object != nullptr ? "{" : "[";
  if (object != nullptr)
    for (const auto& [key, member] : *object) {
      out += begin.substr(count++ == 0 ? 1 : 0) + json::serialize(json::string(key)) + ": ";
      add(out, member, indent + 2);
    }
  else
    for (const json::value& item : *array) {
      out += begin.substr(count++ == 0 ? 1 : 0);
      add(out, item, indent + 2);
    }
  out += '\n' + std::string(indent, ' ') + (object != nullptr ? "}" : "]");
}

}  // namespace

Result<json::value> read_json(std::string_view text) {
  json::parse_options options;
  options.max_depth = 1000;
  json::parser parser(json::storage_ptr(), options);
  boost::system::error_code error;
  const size_t read = parser.write_some(text.data(), text.size(), error);
  const bool has_rest =
      !error && text.substr(read).find_first_not_of(" \t\r\n") != std::string_view::npos;
  if (!error && !has_rest) return parser.release();
  const auto lines = std::count(text.begin(), text.begin() + static_cast<long>(read), '\n');
  return Failure(fmt::format("line {}: it is no JSON: {}", lines + 1,
                             has_rest ? "more stands behind its value" : error.message()));
}

std::string json_lines(const json::value& value) {
  std::string text;
  add(text, value, 0);
  return text + '\n';
}

}  // namespace pflow::json_schema
