// `oneOf` and `anyOf`.
#include <fmt/format.h>

#include <algorithm>

#include "frontend/json_schema/literals.h"
#include "frontend/json_schema/types.h"

namespace pflow::json_schema {

namespace json = boost::json;

namespace {

bool is_null(const json::value& schema) {
  const json::object* object = schema.if_object();
  if (object == nullptr) return false;
  const json::value* type = object->if_contains("type");
  const json::value* constant = object->if_contains("const");
  return (type != nullptr && type->is_string() && type->get_string() == "null") ||
         (constant != nullptr && constant->is_null());
}

/// The texts that the schema lists; false: it takes others, too.
bool add_texts(const json::value& schema, json::array& to) {
  const json::object* object = schema.if_object();
  if (object == nullptr) return false;
  if (const json::value* constant = object->if_contains("const");
      constant && constant->is_string()) {
    to.push_back(*constant);
    return true;
  }
  const json::value* values = object->if_contains("enum");
  if (values == nullptr || !values->is_array()) return false;
  for (const json::value& value : values->get_array()) {
    if (!value.is_string()) return false;
    to.push_back(value);
  }
  return true;
}

/// The one text that a property may have; empty where there is no such.
std::string only_text(const json::value& schema, std::string_view property) {
  const json::object* object = schema.if_object();
  const json::value* members = object ? object->if_contains("properties") : nullptr;
  const json::object* list = members ? members->if_object() : nullptr;
  const json::value* found = list ? list->if_contains(property) : nullptr;
  json::array texts;
  if (found == nullptr || !add_texts(*found, texts) || texts.size() != 1) return {};
  return std::string(texts.front().get_string());
}

/// The object without its tag, which a variant does not have as a field.
json::value without(const json::value& schema, std::string_view property) {
  json::object made = schema.get_object();
  if (json::value* members = made.if_contains("properties"); members && members->is_object())
    members->get_object().erase(property);
  return made;
}

/// One of the objects of a sum.
struct Variant {
  const json::value* schema;  ///< behind its reference
  std::string name, tag;
};

/// The first property that has one text in each of them, and another in each.
std::string common_tag(const std::vector<Variant>& variants) {
  const json::value* members = variants.front().schema->get_object().if_contains("properties");
  if (members == nullptr || !members->is_object()) return {};
  for (const auto& [key, value] : members->get_object()) {
    std::set<std::string> tags;
    for (const Variant& variant : variants) tags.insert(only_text(*variant.schema, key));
    if (tags.size() == variants.size() && !tags.contains("")) return std::string(key);
  }
  return {};
}

}  // namespace

Result<Type> Types::of_choices(const json::object& schema, const json::array& choices,
                               const std::string& name) {
  std::vector<const json::value*> kept;
  bool nullable = false;
  json::array texts;
  bool all_texts = true;
  for (const json::value& choice : choices) {
    if (is_null(choice)) {
      nullable = true;
      continue;
    }
    kept.push_back(&choice);
    all_texts = all_texts && add_texts(choice, texts);
  }
  if (kept.empty()) return Type{"json"};
  Result<Type> made = kept.size() == 1 ? this->of(*kept.front(), name)
                      : all_texts      ? Result<Type>(literal_union(texts))
                                       : sum(schema, kept, name);
  if (made && nullable) made->nullable = true;
  return made;
}

Result<Type> Types::sum(const json::object& schema, const std::vector<const json::value*>& choices,
                        const std::string& name) {
  std::vector<Variant> variants;
  for (const json::value* choice : choices) {
    Variant variant{choice, {}, {}};
    const json::object* object = choice->if_object();
    const json::value* reference = object ? object->if_contains("$ref") : nullptr;
    if (reference != nullptr && reference->is_string()) {
      const std::string_view path = reference->get_string();
      variant.schema = target(path);
      variant.name = path.substr(path.rfind('/') + 1);
    }
    if (variant.schema == nullptr || !variant.schema->is_object()) return Type{"json"};
    variants.push_back(std::move(variant));
  }
  const std::string tag = common_tag(variants);
  if (tag.empty()) return Type{"json"};
  std::vector<std::string> names;
  for (Variant& variant : variants) {
    variant.tag = only_text(*variant.schema, tag);
    const std::string own =
        variant.name.empty() ? name + type_name(variant.tag) : type_name(variant.name);
    const json::value rest = without(*variant.schema, tag);
    Result<std::vector<Property>> made = properties(rest, own);
    if (!made) return Failure(made.message());
    names.push_back(declare(own, {}, *made, variant.tag));
  }
  const std::string whole = names_.take(name);
  const json::value* doc = schema.if_contains("description");
  declared_.push_back(
      doc_comment(doc && doc->is_string() ? std::string_view(doc->get_string()) : "", 0) +
      fmt::format("type {} = {} by {}\n", whole, fmt::join(names, " | "), text_literal(tag)));
  return Type{whole};
}

}  // namespace pflow::json_schema
