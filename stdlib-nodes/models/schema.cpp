#include "schema.h"

#include <boost/json.hpp>
#include <cctype>
#include <map>
#include <set>

#include "pflow/tables/types.h"

namespace pf_models {
namespace {

namespace json = boost::json;

/// The types that hold themselves: of each circle at least one, so that a walk which stops at
/// them ends. A variant is walked as a part of its sum.
class Circles {
 public:
  explicit Circles(const pf_type& root) { walk(root); }
  [[nodiscard]] bool hold(const pf_type& type) const { return found_.contains(&type); }

 private:
  void walk(const pf_type& type) {
    if (type.kind == PF_LIST || type.kind == PF_OPT) return walk(*type.element);
    if (type.kind == PF_MAP) return walk(*type.element->fields[1].type);
    if (type.kind != PF_RECORD && type.kind != PF_SUM) return;
    if (open_.contains(&type)) found_.insert(&type);
    if (!seen_.insert(&type).second) return;
    open_.insert(&type);
    if (type.kind == PF_RECORD)
      walk_fields(type);
    else
      for (uint32_t i = 0; i < type.count; ++i) walk_fields(*type.variants[i]);
    open_.erase(&type);
  }
  void walk_fields(const pf_type& record) {
    for (uint32_t i = 0; i < record.count; ++i) walk(*record.fields[i].type);
  }

  std::set<const pf_type*> open_;  ///< around the place in hand
  std::set<const pf_type*> seen_;
  std::set<const pf_type*> found_;
};

/// Builds one schema. A type that holds itself stands once under `$defs` (JSON Schema 2020-12,
/// 8.2).
class SchemaWriter {
 public:
  explicit SchemaWriter(const pf_type& root) : circles_(root) {}

  json::object write(const pf_type& type) {
    return circles_.hold(type) ? reference(type) : in_full(type);
  }

  json::object in_full(const pf_type& type) {
    using pflow::tables::Form;
    if (type.kind == PF_UNION) return words(type);
    if (pflow::tables::has_trait(type.kind, pflow::tables::Quoted)) return {{"type", "string"}};
    switch (pflow::tables::facts_of(type.kind).form) {
      case Form::Int: return {{"type", "integer"}};
      case Form::Float: return {{"type", "number"}};
      case Form::Bool: return {{"type", "boolean"}};
      case Form::List: return {{"type", "array"}, {"items", write(*type.element)}};
      case Form::Map:
        strict_ = false;
        return {{"type", "object"}, {"additionalProperties", write(*type.element->fields[1].type)}};
      case Form::Opt:
        ++unions_;
        return {{"anyOf", json::array{write(*type.element), {{"type", "null"}}}}};
      case Form::Record: return fields(type, nullptr);
      case Form::Sum: return sum(type);
      case Form::Json:
      case Form::Text:
      case Form::Command:
      case Form::Query:
      case Form::Stream:
      case Form::Tool: strict_ = false; return {};
    }
  }

  json::object take_definitions() { return std::move(definitions_); }
  [[nodiscard]] bool strict() const { return strict_; }
  [[nodiscard]] size_t unions() const { return unions_; }

 private:
  static json::object words(const pf_type& type) {
    json::array all;
    for (uint32_t i = 0; i < type.count; ++i)
      all.emplace_back(json::string_view(type.literals[i].data, type.literals[i].len));
    return {{"type", "string"}, {"enum", std::move(all)}};
  }

  json::object reference(const pf_type& type) {
    auto known = names_.find(&type);
    if (known == names_.end()) {
      known = names_.emplace(&type, free_name(type.name)).first;
      definitions_.emplace(known->second, nullptr);
      json::object definition = in_full(type);
      definitions_[known->second] = std::move(definition);
    }
    return {{"$ref", "#/$defs/" + known->second}};
  }

  /// The type's name, as a JSON pointer can hold it; types of several files may share one.
  [[nodiscard]] std::string free_name(std::string_view type) const {
    std::string name(type);
    for (size_t at = name.find(" | "); at != name.npos; at = name.find(" | ", at))
      name.replace(at, 3, "_or_");
    for (char& c : name)
      if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
    std::string made = name;
    for (int number = 2; definitions_.contains(made); ++number)
      made = name + "_" + std::to_string(number);
    return made;
  }

  /// A reference is to stand alone.
  static void describe(json::object& schema, const char* doc) {
    if (schema.contains("$ref")) schema = {{"anyOf", json::array{std::move(schema)}}};
    schema["description"] = doc;
  }

  /// As a variant of `sum` the object says first which it is.
  json::object fields(const pf_type& type, const pf_type* sum) {
    json::object properties;
    json::array required;
    if (sum) {
      properties[pf_tag_key(sum)] = {{"type", "string"},
                                     {"enum", json::array{pf_variant_tag(&type)}}};
      required.emplace_back(pf_tag_key(sum));
    }
    for (uint32_t i = 0; i < type.count; ++i) {
      const pf_field& field = type.fields[i];
      json::object schema = write(*field.type);
      if (field.doc && *field.doc) describe(schema, field.doc);
      properties[field.wire] = std::move(schema);
      required.emplace_back(field.wire);
    }
    json::object made = {{"type", "object"},
                         {"properties", std::move(properties)},
                         {"required", std::move(required)},
                         {"additionalProperties", false}};
    if (type.doc) made["description"] = type.doc;
    return made;
  }

  json::object sum(const pf_type& type) {
    ++unions_;
    json::array variants;
    for (uint32_t i = 0; i < type.count; ++i) variants.push_back(fields(*type.variants[i], &type));
    return {{"anyOf", std::move(variants)}};
  }

  Circles circles_;
  std::map<const pf_type*, std::string> names_;  ///< of those under `$defs`
  json::object definitions_;
  bool strict_ = true;
  size_t unions_ = 0;
};

Shape shape_of(json::object schema, SchemaWriter& writer) {
  json::object definitions = writer.take_definitions();
  bool recursive = !definitions.empty();
  if (recursive) schema["$defs"] = std::move(definitions);
  return {json::serialize(schema), writer.strict(), recursive, writer.unions()};
}

}  // namespace

bool is_wrapped(const pf_type& type) { return type.kind != PF_RECORD && type.kind != PF_MAP; }

Shape answer_shape(const pf_type& type) {
  SchemaWriter writer(type);
  json::object schema;
  if (is_wrapped(type))
    schema = {{"type", "object"},
              {"properties", json::object{{"value", writer.write(type)}}},
              {"required", json::array{"value"}},
              {"additionalProperties", false}};
  else
    schema = writer.in_full(type);
  return shape_of(std::move(schema), writer);
}

Shape input_shape(const pf_tool& tool) {
  SchemaWriter writer(*tool.input);
  json::object schema = writer.in_full(*tool.input);
  schema.erase("description");
  return shape_of(std::move(schema), writer);
}

}  // namespace pf_models
