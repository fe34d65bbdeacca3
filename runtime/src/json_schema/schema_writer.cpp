#include <cctype>

#include "pflow/json.hpp"
#include "pflow/json_schema.hpp"
#include "pflow/tables/types.h"

namespace pflow {
namespace {

namespace json = boost::json;

json::object words(const pf_type& type) {
  json::array all;
  for (uint32_t i = 0; i < type.count; ++i)
    all.emplace_back(json::string_view(type.literals[i].data, type.literals[i].len));
  return {{"type", "string"}, {"enum", std::move(all)}};
}

/// A reference is to stand alone.
void describe(json::object& schema, const char* doc) {
  if (schema.contains("$ref")) schema = {{"anyOf", json::array{std::move(schema)}}};
  schema["description"] = doc;
}

/// What a field has when it is left out; nothing when that cannot be known.
json::value default_of(const pf_field& field) {
  void* value = zeroed(field.type->size + 1);
  json::value told;
  pf_error_value ignored{};
  if (field.default_value(value)) {
    if (!pf_error_take(&ignored)) {
      pf_str_release(ignored.message);
      pf_drop_value(&ignored.data, &kJsonType);
    }
  } else {
    boost::system::error_code failed;
    told = json::parse(Text(pf_json_text(value, field.type, 0)).view(), failed);
  }
  pf_drop_value(value, field.type);
  free(value);
  return told;
}

}  // namespace

void SchemaWriter::note(const pf_type& type) {
  if (type.kind == PF_LIST || type.kind == PF_OPT) return note(*type.element);
  if (type.kind == PF_MAP) return note(*type.element->fields[1].type);
  if (type.kind != PF_RECORD && type.kind != PF_SUM) return;
  if (open_.contains(&type)) circles_.insert(&type);
  if (!seen_.insert(&type).second) return;
  open_.insert(&type);
  if (type.kind == PF_RECORD)
    note_fields(type);
  else
    for (uint32_t i = 0; i < type.count; ++i) note_fields(*type.variants[i]);
  open_.erase(&type);
}

void SchemaWriter::note_fields(const pf_type& record) {
  for (uint32_t i = 0; i < record.count; ++i) note(*record.fields[i].type);
}

json::object SchemaWriter::write(const pf_type& type) {
  return circles_.contains(&type) ? reference(type) : in_full(type);
}

json::object SchemaWriter::in_full(const pf_type& type) {
  using tables::Form;
  if (type.kind == PF_UNION) return words(type);
  if (tables::has_trait(type.kind, tables::Quoted)) return text(type);
  switch (tables::facts_of(type.kind).form) {
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

json::object SchemaWriter::text(const pf_type& type) const {
  json::object made = {{"type", "string"}};
  if (type.kind == PF_BYTES && form_.members != SchemaMembers::Strict)
    made["contentEncoding"] = "base64";
  return made;
}

json::object SchemaWriter::reference(const pf_type& type) {
  auto known = names_.find(&type);
  if (known == names_.end()) {
    known = names_.emplace(&type, free_name(type.name)).first;
    definitions_.emplace(known->second, nullptr);
    json::object definition = in_full(type);
    definitions_[known->second] = std::move(definition);
  }
  return {{"$ref", std::string(form_.definitions) + known->second}};
}

/// The type's name, as a JSON pointer can hold it; types of several files may share one.
std::string SchemaWriter::free_name(std::string_view type) const {
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

bool SchemaWriter::may_miss(const pf_field& field) const {
  return form_.members == SchemaMembers::MayMiss &&
         (field.default_value || field.type->kind == PF_OPT);
}

json::object SchemaWriter::field(const pf_field& field) {
  json::object schema = write(*field.type);
  if (field.doc && *field.doc) describe(schema, field.doc);
  if (!may_miss(field) || !field.default_value) return schema;
  json::value told = default_of(field);
  if (told.is_null()) return schema;
  if (schema.contains("$ref")) schema = {{"anyOf", json::array{std::move(schema)}}};
  schema["default"] = std::move(told);
  return schema;
}

/// As a variant of `sum` the object says first which it is.
json::object SchemaWriter::fields(const pf_type& type, const pf_type* sum) {
  json::object properties;
  json::array required;
  if (sum) {
    properties[pf_tag_key(sum)] = {{"type", "string"},
                                   {"enum", json::array{pf_variant_tag(&type)}}};
    required.emplace_back(pf_tag_key(sum));
  }
  for (uint32_t i = 0; i < type.count; ++i) {
    const pf_field& described = type.fields[i];
    properties[described.wire] = field(described);
    if (!may_miss(described)) required.emplace_back(described.wire);
  }
  json::object made = {{"type", "object"},
                       {"properties", std::move(properties)},
                       {"required", std::move(required)},
                       {"additionalProperties", false}};
  if (type.doc) made["description"] = type.doc;
  return made;
}

json::object SchemaWriter::sum(const pf_type& type) {
  ++unions_;
  json::array variants;
  for (uint32_t i = 0; i < type.count; ++i) variants.push_back(fields(*type.variants[i], &type));
  return {{"anyOf", std::move(variants)}};
}

}  // namespace pflow
