#include "frontend/json_schema/types.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/json_schema/choices.h"
#include "frontend/json_schema/literals.h"
#include "frontend/json_schema/reference.h"

namespace pflow::json_schema {

namespace json = boost::json;

namespace {

/// Deeper schemas, and further declarations, are `json`.
constexpr int kDeepest = 64;
constexpr size_t kMostDeclared = 20'000;

/// Counts up while it lives.
class Step {
 public:
  explicit Step(int& count, bool counts = true) : count_(count), by_(counts ? 1 : 0) {
    count_ += by_;
  }
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;
  ~Step() { count_ -= by_; }

 private:
  int& count_;
  int by_;
};

std::string_view text_of(const json::object& schema, std::string_view member) {
  const json::value* found = schema.if_contains(member);
  return found != nullptr && found->is_string() ? std::string_view(found->get_string()) : "";
}

bool is_true(const json::object& schema, std::string_view member) {
  const json::value* found = schema.if_contains(member);
  return found != nullptr && found->is_bool() && found->get_bool();
}

/// Whether it is a text that can be none, as files of forms are since 3.1.
bool is_raw(const json::object& schema) {
  const std::string_view type = text_of(schema, "contentMediaType");
  return type == "application/octet-stream" || type.starts_with("image/") ||
         type.starts_with("audio/") || type.starts_with("video/");
}

bool may_be_null(const json::value& schema) {
  const json::object* object = schema.if_object();
  if (object == nullptr) return false;
  const json::value* type = object->if_contains("type");
  const bool lists_null =
      type != nullptr && type->is_array() &&
      std::ranges::find(type->get_array(), json::value("null")) != type->get_array().end();
  return lists_null || is_true(*object, "nullable");
}

/// Whether it is a record of its own properties alone.
bool is_plain_record(const json::value& schema) {
  const json::object* object = schema.if_object();
  const json::value* members = object ? object->if_contains("properties") : nullptr;
  return members != nullptr && members->is_object() && !members->get_object().empty() &&
         !object->contains("allOf") && !object->contains("oneOf") && !object->contains("anyOf");
}

bool is_required(const json::object& schema, std::string_view name) {
  const json::value* list = schema.if_contains("required");
  return list != nullptr && list->is_array() &&
         std::ranges::any_of(list->get_array(), [&](const json::value& each) {
           return each.is_string() && std::string_view(each.get_string()) == name;
         });
}

}  // namespace

Types::Types(const Value& document, NameTable& names)
    : document_(document), names_(names), uses_(document) {}

std::string Types::declarations() const { return fmt::format("{}", fmt::join(declared_, "\n")); }

Result<Type> Types::of(const Value& schema, const std::string& name) {
  const Step step(depth_);
  if (const bool* any = schema.if_bool()) {
    if (*any) return Type{"json"};
    return Failure("a schema `false`, which no value fits");
  }
  const Object* object = schema.if_object();
  if (object == nullptr) return Failure("a schema that is no object");
  if (depth_ > kDeepest || declared_.size() > kMostDeclared) return Type{"json"};
  Result<Type> made = of_object(*object, name);
  if (made && is_true(*object, "nullable")) made->nullable = true;
  return made;
}

Result<Type> Types::of_object(const Object& schema, const std::string& name) {
  if (const std::string_view reference = reference_of(schema); !reference.empty())
    return of_reference(reference, name);
  if (const Value* constant = schema.if_contains("const")) return of_values({*constant}, schema);
  if (const Value* values = schema.if_contains("enum"); values != nullptr && values->is_array())
    return of_values(values->get_array(), schema);
  if (schema.contains("allOf")) return of_all(schema, name);
  for (std::string_view word : {"oneOf", "anyOf"})
    if (const Value* choices = schema.if_contains(word);
        choices != nullptr && choices->is_array() && !schema.contains("properties"))
      return of_choices(schema, choices->get_array(), name);
  // What a record cannot hold is not to be lost on its way to others.
  if (use_ == Use::Sent && choices_add_properties(document_, schema)) return Type{"json"};
  const Value* type = schema.if_contains("type");
  if (type != nullptr && type->is_array()) return of_types(schema, type->get_array(), name);
  if (type != nullptr && type->is_string()) return of_named(type->get_string(), schema, name);
  if (schema.contains("properties") || schema.contains("additionalProperties"))
    return of_named("object", schema, name);
  return of_named(schema.contains("items") ? "array" : "", schema, name);
}

/// Numbers to choose from are the type that the schema says.
Result<Type> Types::of_values(const json::array& values, const Object& schema) {
  Type made = literal_union(values);
  const std::string_view type = text_of(schema, "type");
  if (made.text == "json" && type != "array" && type != "object")
    made.text = of_named(type, schema, "")->text;
  return made;
}

Result<Type> Types::of_types(const Object& schema, const json::array& types,
                             const std::string& name) {
  Type made{"json"};
  size_t count = 0;
  for (const Value& type : types) {
    if (!type.is_string()) continue;
    if (type.get_string() == "null") {
      made.nullable = true;
      continue;
    }
    if (++count > 1) return Type{"json"};
    Result<Type> only = of_named(type.get_string(), schema, name);
    if (!only) return only;
    made.text = only->text;
  }
  return count == 0 ? Type{"json"} : made;
}

Result<Type> Types::of_named(std::string_view type, const Object& schema, const std::string& name) {
  if (type == "string") {
    const std::string_view format = text_of(schema, "format");
    const bool is_bytes = format == "binary" || format == "byte" ||
                          text_of(schema, "contentEncoding") == "base64" || is_raw(schema);
    return Type{is_bytes ? "bytes" : "str"};
  }
  if (type == "integer") return Type{"int"};
  if (type == "number") return Type{"float"};
  if (type == "boolean") return Type{"bool"};
  if (type == "array") return of_array(schema, name);
  if (type == "object") return of_record(schema, name);
  return Type{"json"};
}

Result<Type> Types::of_array(const Object& schema, const std::string& name) {
  const Step guard(guards_);
  const Value* items = schema.if_contains("items");
  if (items == nullptr || items->is_array() || schema.contains("prefixItems"))
    return Type{"[json]"};
  Result<Type> item = of(*items, name + "Item");
  if (!item) return item;
  return Type{'[' + (item->text == "json" ? item->text : item->whole()) + ']'};
}

Result<Type> Types::map_of(const Object& schema, const std::string& name) {
  const Step guard(guards_);
  const Value* values = schema.if_contains("additionalProperties");
  if (values == nullptr || !values->is_object()) return Type{"map<json>"};
  Result<Type> value = of(*values, name + "Value");
  if (!value) return value;
  return Type{"map<" + (value->text == "json" ? value->text : value->whole()) + '>'};
}

Result<Type> Types::of_record(const Object& schema, const std::string& name) {
  const Value* members = schema.if_contains("properties");
  if (members == nullptr || !members->is_object() || members->get_object().empty())
    return map_of(schema, name);
  Result<std::vector<Property>> made = properties(Value(schema), name);
  if (!made) return Failure(made.message());
  return Type{declare(name, text_of(schema, "description"), *made, {})};
}

Result<std::vector<Property>> Types::properties(const Value& schema, const std::string& name) {
  Object whole;
  if (!merge(schema, whole, 0)) return Failure("an `allOf` whose parts do not fit each other");
  std::vector<Property> made;
  const Value* members = whole.if_contains("properties");
  if (members == nullptr || !members->is_object()) return made;
  for (const auto& [key, value] : members->get_object()) {
    const std::string_view property = key;
    if (!is_used(value, use_)) continue;
    const bool required = is_required(whole, property);
    const Step guard(guards_, !required);
    Result<Type> type = of(value, name + type_name(property));
    if (!type) return Failure(fmt::format("`{}`: {}", property, type.message()));
    Property& each = made.emplace_back();
    each.name = property;
    each.type = *type;
    each.required = required;
    if (!value.is_object()) continue;
    each.doc = text_of(value.get_object(), "description");
    const Value* given = value.get_object().if_contains("default");
    if (given != nullptr && use_ == Use::Both) each.default_text = literal(*given, *type);
  }
  return made;
}

/// Adds a schema, and all of its `allOf`, to one object. False: they contradict each other.
bool Types::merge(const Value& schema, Object& into, int depth) {
  const Object* object = schema.if_object();
  if (object == nullptr || depth > kDeepest) return object == nullptr;
  if (const std::string_view reference = reference_of(*object); !reference.empty()) {
    const Value* found = target(document_, reference);
    if (found != nullptr && !merge(*found, into, depth + 1)) return false;
  }
  if (const Value* parts = object->if_contains("allOf"); parts != nullptr && parts->is_array())
    for (const Value& part : parts->get_array())
      if (!merge(part, into, depth + 1)) return false;
  for (const auto& [key, value] : *object) {
    const std::string_view member = key;
    if (member == "properties" && value.is_object()) {
      Value& properties = into["properties"];
      if (!properties.is_object()) properties = Object();
      for (const auto& [name, property] : value.get_object())
        properties.get_object().insert_or_assign(name, property);
    } else if (member == "required" && value.is_array()) {
      Value& required = into["required"];
      if (!required.is_array()) required = json::array();
      for (const Value& name : value.get_array()) required.get_array().push_back(name);
    } else if (member == "type" && into.contains("type") && into["type"] != value) {
      return false;
    } else if (member != "allOf" && member != "$ref") {
      into[member] = value;
    }
  }
  return true;
}

Result<Type> Types::of_all(const Object& schema, const std::string& name) {
  const json::array* parts = schema.at("allOf").if_array();
  if (parts != nullptr && parts->size() == 1 && !schema.contains("properties"))
    return of(parts->front(), name);
  Object whole;
  if (!merge(Value(schema), whole, 0) || whole.contains("allOf")) return Type{"json"};
  return of_object(whole, name);
}

Result<Type> Types::of_reference(std::string_view reference, const std::string& name) {
  const Value* found = target(document_, reference);
  if (found == nullptr) return Failure(broken_reference(reference));
  const bool is_other = use_ == Use::Sent && uses_.differ(reference);
  const std::string key = std::string(reference) + (is_other ? " sent" : "");
  if (auto known = references_.find(key); known != references_.end()) {
    const Reference& made = known->second;
    const bool is_open = made.type.empty() || made.guards == guards_;
    if (made.type.empty() || (made.guards >= 0 && is_open)) return Type{"json"};
    return Type{made.type, made.nullable};
  }
  std::string own = reference == "#" ? name : type_name(last_name(reference));
  if (is_other) own += "Input";
  Reference entry;
  entry.guards = guards_;
  entry.nullable = may_be_null(*found);
  // The name of a record or sum is known while it is made, so that it may hold itself.
  const std::vector<Variant> variants = variants_of(*found, reference);
  const bool is_record = variants.empty() && is_plain_record(*found);
  if (is_record || !variants.empty()) entry.type = names_.take(own);
  references_.emplace(key, entry);
  made_references_.push_back(key);
  Result<Type> made = is_record          ? of_known_record(*found, entry.type, own)
                      : variants.empty() ? of(*found, own)
                                         : of_variants(*found, variants, entry.type);
  if (!made) return made;
  made->nullable = made->nullable || entry.nullable;
  references_.find(key)->second = {made->text, made->nullable, -1};
  return made;
}

Result<Type> Types::of_known_record(const Value& schema, const std::string& taken,
                                    const std::string& name) {
  Result<std::vector<Property>> made = properties(schema, name);
  if (!made) return Failure(made.message());
  const Object& object = schema.get_object();
  declared_.push_back(record_text(taken, text_of(object, "description"), *made, {}));
  return Type{taken};
}

Types::Mark Types::mark() const {
  return {made_references_.size(), made_records_.size(), declared_.size()};
}

void Types::forget(const Mark& mark) {
  for (; made_references_.size() > mark.references; made_references_.pop_back()) {
    auto found = references_.find(made_references_.back());
    names_.give_back(found->second.type);
    references_.erase(found);
  }
  for (; made_records_.size() > mark.records; made_records_.pop_back()) {
    auto found = records_.find(made_records_.back());
    names_.give_back(found->second);
    records_.erase(found);
  }
  declared_.resize(mark.declared);
}

std::string Types::declare(const std::string& name, std::string_view doc,
                           const std::vector<Property>& properties, std::string_view tag) {
  const std::string content = record_text("", doc, properties, tag);
  std::string& known = records_[name + content];
  if (known.empty()) {
    known = names_.take(name);
    made_records_.push_back(name + content);
    declared_.push_back(record_text(known, doc, properties, tag));
  }
  return known;
}

}  // namespace pflow::json_schema
