#include "folding.h"

namespace pf_models {

namespace json = boost::json;

json::object& object_in(json::value& value) {
  if (!value.is_object()) value = json::object();
  return value.get_object();
}

json::array& array_in(json::value& value) {
  if (!value.is_array()) value = json::array();
  return value.get_array();
}

void take_members(json::object& into, json::object& from) {
  for (json::key_value_pair& member : from)
    if (!member.value().is_null() || !into.contains(member.key()))
      into[member.key()] = std::move(member.value());
}

void grow_text(json::object& into, std::string_view name, std::string_view text) {
  json::value& member = into[name];
  if (!member.is_string()) member = json::string();
  member.get_string().append(text);
}

int64_t index_member(const json::object& object, std::string_view name) {
  constexpr int64_t kMost = 100'000;
  const json::value* found = object.if_contains(name);
  const int64_t* index = found ? found->if_int64() : nullptr;
  return index && *index >= 0 && *index <= kMost ? *index : -1;
}

}  // namespace pf_models
