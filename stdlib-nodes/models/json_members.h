/// Members of JSON values, for those who read what providers send.
#pragma once

#include <boost/json.hpp>
#include <string>
#include <string_view>

namespace pf_models {

/// A member of an object; null when there is none.
inline const boost::json::value* member(const boost::json::value* value, std::string_view name) {
  const boost::json::object* object = value ? value->if_object() : nullptr;
  return object ? object->if_contains(name) : nullptr;
}

/// The text of a member; empty when it is none.
inline std::string_view text_member(const boost::json::value* value, std::string_view name) {
  const boost::json::value* found = member(value, name);
  const boost::json::string* text = found ? found->if_string() : nullptr;
  return text ? std::string_view(*text) : std::string_view();
}

/// The list of a member; null when it is none.
inline const boost::json::array* array_member(const boost::json::value* value,
                                              std::string_view name) {
  const boost::json::value* found = member(value, name);
  return found ? found->if_array() : nullptr;
}

/// A whole number; 0 when the member is none.
inline int64_t count_member(const boost::json::value* value, std::string_view name) {
  const boost::json::value* found = member(value, name);
  const int64_t* count = found ? found->if_int64() : nullptr;
  return count ? *count : 0;
}

/// The arguments of a tool call, a text or a value, as JSON.
inline std::string arguments_text(const boost::json::value* arguments) {
  if (!arguments || arguments->is_null()) return "{}";
  const boost::json::string* text = arguments->if_string();
  if (!text) return boost::json::serialize(*arguments);
  return text->empty() ? "{}" : std::string(*text);
}

/// A text that should be JSON, as the value that it is, else as the text.
inline boost::json::value value_of(std::string_view text) {
  boost::json::parse_options options;
  options.max_depth = 1000;
  boost::system::error_code error;
  boost::json::value value = boost::json::parse(text, error, {}, options);
  return error ? boost::json::value(text) : value;
}

inline bool is_blank(std::string_view text) {
  return text.find_first_not_of(" \t\r\n") == text.npos;
}

}  // namespace pf_models
