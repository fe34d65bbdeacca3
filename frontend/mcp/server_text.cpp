#include "frontend/mcp/server_text.h"

#include <boost/json.hpp>

namespace pflow::mcp {
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

std::string server_text(const json::value& file) {
  std::string text;
  add(text, file, 0);
  return text + '\n';
}

}  // namespace pflow::mcp
