/// Members of objects of a document.
#pragma once

#include <boost/json.hpp>
#include <string_view>

namespace pflow::openapi {

inline std::string_view text_member(const boost::json::object& object, std::string_view name) {
  const boost::json::value* found = object.if_contains(name);
  return found != nullptr && found->is_string() ? std::string_view(found->get_string()) : "";
}

/// `otherwise` where the object does not say it.
inline bool bool_member(const boost::json::object& object, std::string_view name, bool otherwise) {
  const boost::json::value* found = object.if_contains(name);
  return found != nullptr && found->is_bool() ? found->get_bool() : otherwise;
}

/// Null when there is no such object.
inline const boost::json::object* object_member(const boost::json::object& object,
                                                std::string_view name) {
  const boost::json::value* found = object.if_contains(name);
  return found != nullptr ? found->if_object() : nullptr;
}

/// Null when there is no such list.
inline const boost::json::array* array_member(const boost::json::object& object,
                                              std::string_view name) {
  const boost::json::value* found = object.if_contains(name);
  return found != nullptr ? found->if_array() : nullptr;
}

}  // namespace pflow::openapi
