// `oneOf` and `anyOf`.
#include <fmt/format.h>

#include <algorithm>

#include "frontend/json_schema/literals.h"
#include "frontend/json_schema/reference.h"
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
json::value without(json::object made, std::string_view property) {
  if (json::value* members = made.if_contains("properties"); members && members->is_object())
    members->get_object().erase(property);
  return made;
}

const json::object* member_object(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found != nullptr ? found->if_object() : nullptr;
}

std::string_view member_text(const json::object& object, std::string_view name) {
  const json::value* found = object.if_contains(name);
  return found != nullptr && found->is_string() ? std::string_view(found->get_string()) : "";
}

/// The first property that has one text in each of them, and another in each.
std::string common_tag(const std::vector<json::object>& objects) {
  for (const auto& [key, value] : *member_object(objects.front(), "properties")) {
    std::set<std::string> tags;
    for (const json::object& each : objects) tags.insert(only_text(each, key));
    if (tags.size() == objects.size() && !tags.contains("")) return std::string(key);
  }
  return {};
}

/// The values that a discriminator has for the schema of that name.
std::vector<std::string> mapped_tags(const json::object& discriminator, const std::string& name) {
  std::vector<std::string> tags;
  if (const json::object* mapping = member_object(discriminator, "mapping"); mapping && name != "")
    for (const auto& [key, value] : *mapping)
      if (value.is_string() && last_name(value.get_string()) == name) tags.emplace_back(key);
  return tags;
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
                                       : sum_of(schema, kept, name);
  if (made && nullable) made->nullable = true;
  return made;
}

Result<Type> Types::sum_of(const json::object& schema,
                           const std::vector<const json::value*>& choices,
                           const std::string& name) {
  std::vector<json::value> copies;
  for (const json::value* choice : choices) {
    const json::object* object = choice->if_object();
    const std::string_view reference = object != nullptr ? reference_of(*object) : "";
    if (!reference.empty() && target(document_, reference) == nullptr)
      return Failure(broken_reference(reference));
    copies.push_back(*choice);
  }
  const std::vector<Variant> variants = variants_of(schema, copies);
  if (variants.empty()) return Type{"json"};
  return of_variants(schema, variants, names_.take(name));
}

std::vector<Types::Variant> Types::variants_of(const Value& schema, std::string_view reference) {
  const Object* object = schema.if_object();
  const Object* discriminator = object ? member_object(*object, "discriminator") : nullptr;
  if (discriminator == nullptr) return {};
  for (std::string_view word : {"oneOf", "anyOf"})
    if (const Value* choices = object->if_contains(word); choices && choices->is_array())
      return variants_of(*object, {choices->get_array().begin(), choices->get_array().end()});
  return variants_of(*object, heirs_of(reference));
}

std::vector<Types::Variant> Types::variants_of(const Object& schema,
                                               const std::vector<Value>& choices) {
  std::vector<Object> objects;
  for (const Value& choice : choices) {
    Object& whole = objects.emplace_back();
    if (!choice.is_object() || !merge(choice, whole, 0)) return {};
    if (member_object(whole, "properties") == nullptr || whole.contains("oneOf") ||
        whole.contains("anyOf"))
      return {};
  }
  if (objects.empty()) return {};
  const Object* discriminator = member_object(schema, "discriminator");
  const std::string tag = discriminator != nullptr
                              ? std::string(member_text(*discriminator, "propertyName"))
                              : common_tag(objects);
  std::vector<Variant> made;
  std::set<std::string> taken;
  for (size_t i = 0; i < objects.size() && !tag.empty(); ++i) {
    const std::string_view reference = reference_of(choices[i].get_object());
    const std::string name = reference.empty() ? "" : last_name(reference);
    std::vector<std::string> tags;
    if (discriminator != nullptr) tags = mapped_tags(*discriminator, name);
    if (tags.empty()) tags.push_back(only_text(objects[i], tag));
    if (tags.front().empty()) tags.front() = name;
    for (const std::string& each : tags) {
      if (each.empty() || !taken.insert(each).second) return {};
      made.push_back({objects[i], tags.size() > 1 ? name + "-" + each : name, each, tag});
    }
  }
  return made;
}

void Types::learn_heirs(std::string_view place) {
  const Value* schemas = target(document_, place);
  if (schemas == nullptr || !schemas->is_object()) return;
  for (const auto& [name, schema] : schemas->get_object()) {
    const Value* parts = schema.is_object() ? schema.get_object().if_contains("allOf") : nullptr;
    if (parts == nullptr || !parts->is_array()) continue;
    for (const Value& part : parts->get_array())
      if (part.is_object() && !reference_of(part.get_object()).empty())
        heirs_.emplace(reference_of(part.get_object()), std::string(place) + "/" + escaped(name));
  }
}

std::vector<json::value> Types::heirs_of(std::string_view reference) {
  if (!knows_heirs_)
    for (const std::string_view place : {"#/components/schemas", "#/definitions", "#/$defs"})
      learn_heirs(place);
  knows_heirs_ = true;
  std::vector<Value> made;
  std::set<std::string, std::less<>> seen;
  std::vector<std::string> open{std::string(reference)};
  while (!open.empty()) {
    const std::string next = std::move(open.back());
    open.pop_back();
    if (!seen.insert(next).second) continue;
    for (auto [heir, end] = heirs_.equal_range(next); heir != end; ++heir) {
      made.push_back(Object{{"$ref", heir->second}});
      open.push_back(heir->second);
    }
  }
  return made;
}

Result<Type> Types::of_variants(const Value& schema, const std::vector<Variant>& variants,
                                const std::string& name) {
  std::vector<std::string> names;
  for (const Variant& variant : variants) {
    const std::string own =
        variant.name.empty() ? name + type_name(variant.tag) : type_name(variant.name);
    const Value rest = without(variant.schema, variant.tag_property);
    Result<std::vector<Property>> made = properties(rest, own);
    if (!made) return Failure(made.message());
    names.push_back(declare(own, member_text(variant.schema, "description"), *made, variant.tag));
  }
  declared_.push_back(doc_comment(member_text(schema.get_object(), "description"), 0) +
                      fmt::format("type {} = {} by {}\n", name, fmt::join(names, " | "),
                                  text_literal(variants.front().tag_property)));
  return Type{name};
}

}  // namespace pflow::json_schema
