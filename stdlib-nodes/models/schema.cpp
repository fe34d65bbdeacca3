#include "schema.h"

#include <algorithm>
#include <boost/json.hpp>
#include <vector>

#include "pflow/tables/types.h"

namespace pf_models {
namespace {

namespace json = boost::json;

/// Builds one schema. A record that holds itself is defined once, under `$defs`.
class SchemaWriter {
 public:
  json::object write(const pf_type& type) {
    using pflow::tables::Form;
    if (type.kind == PF_UNION) return words(type);
    if (pflow::tables::has_trait(type.kind, pflow::tables::Quoted)) return {{"type", "string"}};
    switch (pflow::tables::facts_of(type.kind).form) {
      case Form::Int: return {{"type", "integer"}};
      case Form::Float: return {{"type", "number"}};
      case Form::Bool: return {{"type", "boolean"}};
      case Form::List: return {{"type", "array"}, {"items", write(*type.element)}};
      case Form::Map:
        return {{"type", "object"}, {"additionalProperties", write(*type.element->fields[1].type)}};
      case Form::Opt: return {{"anyOf", json::array{write(*type.element), {{"type", "null"}}}}};
      case Form::Record: return record(type);
      case Form::Sum: return sum(type);
      case Form::Json:
      case Form::Text:
      case Form::Command:
      case Form::Query:
      case Form::Stream: return {};
    }
  }

  json::object take_definitions() { return std::move(definitions_); }

 private:
  static json::object words(const pf_type& type) {
    json::array all;
    for (uint32_t i = 0; i < type.count; ++i)
      all.emplace_back(json::string_view(type.literals[i].data, type.literals[i].len));
    return {{"type", "string"}, {"enum", std::move(all)}};
  }

  static json::object reference(const pf_type& type) {
    return {{"$ref", std::string("#/$defs/") + type.name}};
  }

  json::object record(const pf_type& type) {
    if (std::ranges::find(open_, &type) != open_.end()) {
      definitions_.emplace(type.name, nullptr);
      return reference(type);
    }
    open_.push_back(&type);
    json::object made = fields(type, nullptr);
    open_.pop_back();
    auto* definition = definitions_.if_contains(type.name);
    if (!definition || !definition->is_null()) return made;
    *definition = std::move(made);
    return reference(type);
  }

  /// With `variant` the object also says which record of a sum it is.
  json::object fields(const pf_type& type, const char* variant) {
    json::object properties;
    json::array required;
    if (variant) {
      properties["type"] = {{"type", "string"}, {"const", variant}};
      required.emplace_back("type");
    }
    for (uint32_t i = 0; i < type.count; ++i) {
      const pf_field& field = type.fields[i];
      json::object schema = write(*field.type);
      if (field.doc && *field.doc) schema["description"] = field.doc;
      properties[field.wire] = std::move(schema);
      if (!field.default_value && field.type->kind != PF_OPT) required.emplace_back(field.wire);
    }
    return {{"type", "object"},
            {"properties", std::move(properties)},
            {"required", std::move(required)},
            {"additionalProperties", false}};
  }

  json::object sum(const pf_type& type) {
    json::array variants;
    for (uint32_t i = 0; i < type.count; ++i) {
      const pf_type& variant = *type.variants[i];
      open_.push_back(&variant);
      variants.push_back(fields(variant, variant.name));
      open_.pop_back();
    }
    return {{"anyOf", std::move(variants)}};
  }

  std::vector<const pf_type*> open_;  ///< records around the place in hand
  json::object definitions_;
};

}  // namespace

bool is_wrapped(const pf_type& type) { return type.kind != PF_RECORD && type.kind != PF_MAP; }

std::string answer_schema(const pf_type& type) {
  SchemaWriter writer;
  json::object schema = writer.write(type);
  if (is_wrapped(type))
    schema = {{"type", "object"},
              {"properties", json::object{{"value", std::move(schema)}}},
              {"required", json::array{"value"}},
              {"additionalProperties", false}};
  json::object definitions = writer.take_definitions();
  if (schema.contains("$ref")) {
    // The root itself is a record that holds itself.
    std::string name(schema["$ref"].as_string().c_str() + sizeof "#/$defs/" - 1);
    schema = definitions[name].as_object();
  }
  if (!definitions.empty()) schema["$defs"] = std::move(definitions);
  return json::serialize(schema);
}

}  // namespace pf_models
