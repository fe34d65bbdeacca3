// Between values of any type and `json`.
#include <string.h>

#include "runtime/src/failures/failure.h"
#include "runtime/src/failures/stack_limit.h"
#include "runtime/src/json/json_shape.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/map.h"
#include "runtime/src/values/to_text.h"

namespace tables = pflow::tables;
using tables::Form;
using namespace pflow::rt;

namespace {

pf_json text_json(pf_str text) {
  pf_json json{};
  json.kind = PF_JSON_STR;
  json.text = text;
  return json;
}

pf_json& add_entry(pf_json& object, pf_str key) {
  auto* entry = static_cast<JsonEntry*>(list_add_zeroed(object.list, &kJsonEntryType));
  entry->key = key;
  return entry->value;
}

pf_json from_value(const void* value, const pf_type* type);

pf_json from_list(const pf_list_head* head, const pf_type* element) {
  check_stack();
  pf_json json{};
  json.kind = PF_JSON_ARRAY;
  for (size_t i = 0; i < list_len(head); ++i) {
    pf_json item = from_value(list_at(head, i, element), element);
    json.list.head = static_cast<pf_list_head*>(pf_list_push(json.list.head, &item, &kJsonType));
  }
  return json;
}

pf_json from_map(const pf_list_head* head, const pf_type* map) {
  check_stack();
  pf_json json{};
  json.kind = PF_JSON_OBJECT;
  for (size_t i = 0; i < list_len(head); ++i) {
    const void* entry = list_at(head, i, map->element);
    pf_str_retain(*map_key(entry));
    pf_json value = from_value(map_value(entry, map), map_value_type(map));
    add_entry(json, *map_key(entry)) = value;
  }
  return json;
}

void add_fields(pf_json& json, const void* value, const pf_type* type) {
  for (uint32_t i = 0; i < type->count; ++i) {
    const pf_field& field = type->fields[i];
    pf_json member = from_value(static_cast<const char*>(value) + field.offset, field.type);
    add_entry(json, view(field.wire ? field.wire : field.name)) = member;
  }
}

pf_json from_sum(const pf_sum& sum, const pf_type* type) {
  check_stack();
  const pf_type* variant = variant_type(sum, type);
  pf_json json{};
  json.kind = PF_JSON_OBJECT;
  add_entry(json, view(pf_tag_key(type))) = text_json(view(pf_variant_tag(variant)));
  add_fields(json, list_data(sum.box.head), variant);
  return json;
}

pf_json from_value(const void* value, const pf_type* type) {
  pf_json json{};
  if (tables::has_trait(type->kind, tables::Quoted)) {
    pf_str text;
    pf_to_text(&text, value, type);
    return text_json(text);
  }
  switch (tables::facts_of(type->kind).form) {
    case Form::Bool:
      json.kind = PF_JSON_BOOL;
      json.boolean = *static_cast<const bool*>(value);
      return json;
    case Form::Int:
      json.kind = PF_JSON_INT;
      json.integer = *static_cast<const int64_t*>(value);
      return json;
    case Form::Float:
      json.kind = PF_JSON_FLOAT;
      json.number = *static_cast<const double*>(value);
      return json;
    case Form::Json: pf_retain_value(value, type); return *static_cast<const pf_json*>(value);
    case Form::Opt:
      return optional_has(value, type) ? from_value(optional_value(value, type), type->element)
                                       : json;
    case Form::List: return from_list(list_of(value), type->element);
    case Form::Map: return from_map(list_of(value), type);
    case Form::Sum: return from_sum(*static_cast<const pf_sum*>(value), type);
    case Form::Record:
      json.kind = PF_JSON_OBJECT;
      add_fields(json, value, type);
      return json;
    case Form::Text:
    case Form::Command:
    case Form::Query:
    case Form::Stream:
    case Form::Tool: return json;
  }
}

/// `json` as a value of a type, into zeroed room.
class JsonConverter {
 public:
  bool value(const pf_json& json, const pf_type* type, void* out);
  JsonShape shape;

 private:
  bool text(const pf_json& json, const pf_type* type, void* out);
  bool list(const pf_list_head* items, const pf_type* type, pf_list* out);
  bool map(const pf_list_head* entries, const pf_type* type, pf_list* out);
  bool record(const pf_list_head* entries, const pf_type* type, void* out);
  bool sum(pf_list_head* entries, const pf_type* type, pf_sum* out);
  bool number(const pf_json& json, const pf_type* type, void* out);
  bool unexpected(const pf_json& json, const pf_type* type);
};

const JsonEntry& entry_at(const pf_list_head* entries, size_t index) {
  return *static_cast<const JsonEntry*>(list_at(entries, index, &kJsonEntryType));
}

bool JsonConverter::unexpected(const pf_json& json, const pf_type* type) {
  static constexpr const char* kFound[] = {"null", "bool", "int", "float", "str", "list", "object"};
  return shape.expected(type, kFound[json.kind]);
}

bool JsonConverter::number(const pf_json& json, const pf_type* type, void* out) {
  if (type->kind == PF_INT) {
    if (json.kind != PF_JSON_INT) return unexpected(json, type);
    *static_cast<int64_t*>(out) = json.integer;
    return true;
  }
  if (json.kind != PF_JSON_INT && json.kind != PF_JSON_FLOAT) return unexpected(json, type);
  *static_cast<double*>(out) =
      json.kind == PF_JSON_INT ? static_cast<double>(json.integer) : json.number;
  return true;
}

bool JsonConverter::list(const pf_list_head* items, const pf_type* type, pf_list* out) {
  check_stack();
  JsonDown down(shape);
  for (size_t i = 0; i < list_len(items); ++i, down.next_index()) {
    const auto& item = *static_cast<const pf_json*>(list_at(items, i, &kJsonType));
    if (!value(item, type->element, list_add_zeroed(*out, type->element))) return false;
  }
  return true;
}

bool JsonConverter::map(const pf_list_head* entries, const pf_type* type, pf_list* out) {
  check_stack();
  for (size_t i = 0; i < list_len(entries); ++i) {
    const JsonEntry& from = entry_at(entries, i);
    void* entry = list_add_zeroed(*out, type->element);
    pf_str_retain(from.key);
    *map_key(entry) = from.key;
    JsonDown down(shape, from.key);
    if (!value(from.value, map_value_type(type), map_value(entry, type))) return false;
  }
  return true;
}

bool JsonConverter::record(const pf_list_head* entries, const pf_type* type, void* out) {
  check_stack();
  JsonFields fields(type);
  for (size_t i = 0; i < list_len(entries); ++i) {
    const JsonEntry& from = entry_at(entries, i);
    uint32_t found = fields.find(from.key);
    if (found == JsonFields::kUnknown || !fields.mark(found)) continue;
    const pf_field& field = type->fields[found];
    JsonDown down(shape, from.key);
    if (!value(from.value, field.type, static_cast<char*>(out) + field.offset)) return false;
  }
  return fields.complete(out, shape);
}

bool JsonConverter::sum(pf_list_head* entries, const pf_type* type, pf_sum* out) {
  pf_str key = view(pf_tag_key(type));
  const void* entry = map_entry(entries, key, &kJsonObjectType);
  if (!entry)
    return shape.wrong(PF_E_SCHEMA, "expected %s, found no \"%s\"", type->name, pf_tag_key(type));
  const pf_json& name = static_cast<const JsonEntry*>(entry)->value;
  if (name.kind != PF_JSON_STR) {
    JsonDown down(shape, key);
    return unexpected(name, &kTextType);
  }
  int64_t variant = find_variant(name.text, type, shape);
  if (variant < 0) return false;
  out->variant = variant;
  const pf_type* described = type->variants[variant];
  return record(entries, described, list_add_zeroed(out->box, described));
}

bool JsonConverter::value(const pf_json& json, const pf_type* type, void* out) {
  if (tables::has_trait(type->kind, tables::Quoted)) return text(json, type, out);
  switch (tables::facts_of(type->kind).form) {
    case Form::Json:
      pf_retain_value(&json, type);
      *static_cast<pf_json*>(out) = json;
      return true;
    case Form::Opt:
      return json.kind == PF_JSON_NULL || value(json, type->element, optional_fill(out, type));
    case Form::Int:
    case Form::Float: return number(json, type, out);
    case Form::Bool:
      if (json.kind != PF_JSON_BOOL) return unexpected(json, type);
      *static_cast<bool*>(out) = json.boolean;
      return true;
    case Form::List:
      if (json.kind != PF_JSON_ARRAY) return unexpected(json, type);
      return list(json.list.head, type, static_cast<pf_list*>(out));
    case Form::Map:
    case Form::Record:
    case Form::Sum:
      if (json.kind != PF_JSON_OBJECT) return unexpected(json, type);
      if (type->kind == PF_MAP) return map(json.list.head, type, static_cast<pf_list*>(out));
      if (type->kind == PF_SUM) return sum(json.list.head, type, static_cast<pf_sum*>(out));
      return record(json.list.head, type, out);
    case Form::Text:
    case Form::Command:
    case Form::Query:
    case Form::Stream:
    case Form::Tool: return unexpected(json, type);
  }
}

bool JsonConverter::text(const pf_json& json, const pf_type* type, void* out) {
  if (json.kind != PF_JSON_STR) return unexpected(json, type);
  if (type->kind == PF_STR || type->kind == PF_PATH || type->kind == PF_SECRET) {
    pf_str_retain(json.text);
    *static_cast<pf_str*>(out) = json.text;
    return true;
  }
  return read_json_text(json.text, type, out, shape);
}

}  // namespace

void pf_json_from(void* out, const void* value, const pf_type* type) {
  *static_cast<pf_json*>(out) = from_value(value, type);
}

bool pf_json_as(void* out, const void* json, const pf_type* type, const pf_site* site) {
  memset(out, 0, type->size);
  JsonConverter converter;
  if (converter.value(*static_cast<const pf_json*>(json), type, out)) return false;
  pf_drop_value(out, type);
  memset(out, 0, type->size);
  Buffer message;
  pf_str text = converter.shape.take_message();
  message.add(text);
  pf_str_release(text);
  raise(converter.shape.kind(), site, "%s", message.c_str());
  return true;
}

void pf_json_field(void* out, const void* json, const pf_str* key) {
  const auto& object = *static_cast<const pf_json*>(json);
  pf_json found{};
  if (object.kind == PF_JSON_OBJECT)
    if (const void* value = pf_map_find(object.list.head, key, &kJsonObjectType))
      found = *static_cast<const pf_json*>(value);
  pf_retain_value(&found, &kJsonType);
  *static_cast<pf_json*>(out) = found;
}

void pf_json_item(void* out, const void* json, int64_t index) {
  const auto& array = *static_cast<const pf_json*>(json);
  pf_json found{};
  bool inside = array.kind == PF_JSON_ARRAY && index >= 0 &&
                static_cast<uint64_t>(index) < list_len(array.list.head);
  if (inside)
    found = *static_cast<const pf_json*>(
        list_at(array.list.head, static_cast<size_t>(index), &kJsonType));
  pf_retain_value(&found, &kJsonType);
  *static_cast<pf_json*>(out) = found;
}
