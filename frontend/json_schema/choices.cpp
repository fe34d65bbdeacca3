#include "frontend/json_schema/choices.h"

#include <algorithm>

#include "frontend/json_schema/reference.h"

namespace pflow::json_schema {

namespace json = boost::json;

namespace {

const json::object* properties_of(const json::object& schema) {
  const json::value* found = schema.if_contains("properties");
  return found != nullptr ? found->if_object() : nullptr;
}

/// Whether it has others than `known`.
bool adds(const json::value& document, const json::value& choice, const json::object& known) {
  const json::object* object = choice.if_object();
  if (object == nullptr) return false;
  if (const std::string_view reference = reference_of(*object); !reference.empty()) {
    const json::value* found = target(document, reference);
    object = found != nullptr ? found->if_object() : nullptr;
    if (object == nullptr || object->contains("allOf")) return true;
  }
  const json::object* own = properties_of(*object);
  return own != nullptr && std::ranges::any_of(*own, [&](const json::key_value_pair& each) {
           return !known.contains(each.key());
         });
}

}  // namespace

bool choices_add_properties(const json::value& document, const json::object& schema) {
  const json::object* known = properties_of(schema);
  if (known == nullptr) return false;
  for (std::string_view word : {"oneOf", "anyOf"})
    if (const json::value* choices = schema.if_contains(word); choices && choices->is_array())
      for (const json::value& choice : choices->get_array())
        if (adds(document, choice, *known)) return true;
  return false;
}

}  // namespace pflow::json_schema
