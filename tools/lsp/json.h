/// Reading of JSON messages: what is missing or of another type reads as nothing.
#pragma once

#include <boost/json.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace pflow::lsp {

namespace json = boost::json;

/// The member behind a path of names, `textDocument.uri`; null without.
[[nodiscard]] inline const json::value* member(const json::value& value, std::string_view path) {
  const json::value* at = &value;
  while (at != nullptr && !path.empty()) {
    std::string_view name = path.substr(0, path.find('.'));
    path.remove_prefix(std::min(name.size() + 1, path.size()));
    const json::object* object = at->if_object();
    at = object == nullptr ? nullptr : object->if_contains(name);
  }
  return at;
}

[[nodiscard]] inline std::string string_at(const json::value& value, std::string_view path) {
  const json::value* found = member(value, path);
  const json::string* text = found == nullptr ? nullptr : found->if_string();
  return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

[[nodiscard]] inline int64_t integer_at(const json::value& value, std::string_view path,
                                        int64_t otherwise = 0) {
  const json::value* found = member(value, path);
  if (found == nullptr || !found->is_number()) return otherwise;
  boost::system::error_code error;
  auto number = found->to_number<int64_t>(error);
  return error ? otherwise : number;
}

[[nodiscard]] inline bool bool_at(const json::value& value, std::string_view path) {
  const json::value* found = member(value, path);
  const bool* held = found == nullptr ? nullptr : found->if_bool();
  return held != nullptr && *held;
}

[[nodiscard]] inline const json::array& array_at(const json::value& value, std::string_view path) {
  static const json::array kNone;
  const json::value* found = member(value, path);
  const json::array* array = found == nullptr ? nullptr : found->if_array();
  return array == nullptr ? kNone : *array;
}

[[nodiscard]] inline json::string text(std::string_view from) {
  return json::string(from.data(), from.size());
}

}  // namespace pflow::lsp
