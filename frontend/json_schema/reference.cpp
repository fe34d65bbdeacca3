#include "frontend/json_schema/reference.h"

#include <fmt/format.h>

#include <algorithm>

namespace pflow::json_schema {

namespace json = boost::json;

std::string unescaped(std::string_view token) {
  std::string made;
  for (size_t i = 0; i < token.size(); ++i) {
    const auto hex = [](char c) { return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10; };
    if (token[i] == '~' && i + 1 < token.size())
      made += token[++i] == '1' ? '/' : '~';
    else if (token[i] == '%' && i + 2 < token.size() && isxdigit(token[i + 1]) &&
             isxdigit(token[i + 2])) {
      made += static_cast<char>(hex(token[i + 1]) * 16 + hex(token[i + 2]));
      i += 2;
    } else {
      made += token[i];
    }
  }
  return made;
}

std::string escaped(std::string_view name) {
  std::string made;
  for (char c : name) made += c == '~' ? "~0" : c == '/' ? "~1" : std::string(1, c);
  return made;
}

const json::value* target(const json::value& document, std::string_view reference) {
  if (!reference.starts_with('#')) return nullptr;
  const json::value* at = &document;
  for (std::string_view rest = reference.substr(1); !rest.empty();) {
    if (rest.front() != '/') return nullptr;
    rest.remove_prefix(1);
    const std::string token = unescaped(rest.substr(0, rest.find('/')));
    rest.remove_prefix(std::min(rest.find('/'), rest.size()));
    const json::object* object = at->if_object();
    const json::array* array = at->if_array();
    if (object != nullptr)
      at = object->if_contains(token);
    else if (array != nullptr && token.find_first_not_of("0123456789") == token.npos)
      at = array->if_contains(std::stoul("0" + token.substr(0, 6)));
    else
      at = nullptr;
    if (at == nullptr) return nullptr;
  }
  return at;
}

std::string_view reference_of(const json::object& schema) {
  const json::value* found = schema.if_contains("$ref");
  return found != nullptr && found->is_string() ? std::string_view(found->get_string()) : "";
}

std::string last_name(std::string_view reference) {
  return unescaped(reference.substr(reference.rfind('/') + 1));
}

std::string broken_reference(std::string_view reference) {
  return fmt::format("`$ref` points to `{}`, which is {}", reference,
                     reference.starts_with('#') ? "not there" : "outside of the document");
}

}  // namespace pflow::json_schema
