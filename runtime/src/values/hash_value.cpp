#include "runtime/src/values/hash_value.h"

#include <string.h>

#include "runtime/src/failures/stack_limit.h"
#include "runtime/src/values/list.h"

namespace pflow::rt {

using tables::Form;

namespace {

void add_number(Sha256& hash, uint64_t number) {
  hash.add({reinterpret_cast<const char*>(&number), sizeof number});
}

void add_text(Sha256& hash, const pf_str& text) {
  add_number(hash, text.len);
  if (text.len != 0) hash.add({text.data, text.len});
}

void add_elements(Sha256& hash, const pf_list_head* head, const pf_type* element) {
  add_number(hash, list_len(head));
  for (size_t i = 0; i < list_len(head); ++i) hash_value(hash, list_at(head, i, element), element);
}

void add_json_value(Sha256& hash, const pf_json& json) {
  add_number(hash, json.kind);
  switch (static_cast<pf_json_kind>(json.kind)) {
    case PF_JSON_BOOL: return add_number(hash, json.boolean);
    case PF_JSON_INT: return add_number(hash, static_cast<uint64_t>(json.integer));
    case PF_JSON_FLOAT: return hash.add({reinterpret_cast<const char*>(&json.number), 8});
    case PF_JSON_STR: return add_text(hash, json.text);
    case PF_JSON_ARRAY: return add_elements(hash, json.list.head, &kJsonType);
    case PF_JSON_OBJECT: return add_elements(hash, json.list.head, &kJsonEntryType);
    case PF_JSON_NULL: return;
  }
}

void add_record(Sha256& hash, const void* value, const pf_type* type) {
  for (uint32_t i = 0; i < type->count; ++i)
    hash_value(hash, static_cast<const char*>(value) + type->fields[i].offset,
               type->fields[i].type);
}

}  // namespace

void hash_value(Sha256& hash, const void* value, const pf_type* type) {
  check_stack();
  switch (tables::facts_of(type->kind).form) {
    case Form::List:
    case Form::Map: return add_elements(hash, list_of(value), type->element);
    case Form::Opt:
      add_number(hash, optional_has(value, type));
      if (optional_has(value, type)) hash_value(hash, optional_value(value, type), type->element);
      return;
    case Form::Record: return add_record(hash, value, type);
    case Form::Sum: {
      const auto* sum = static_cast<const pf_sum*>(value);
      add_number(hash, static_cast<uint64_t>(sum->variant));
      return add_elements(hash, sum->box.head, variant_type(*sum, type));
    }
    case Form::Json: return add_json_value(hash, *static_cast<const pf_json*>(value));
    case Form::Command:
    case Form::Query: {
      const auto* bound = static_cast<const pf_cmd*>(value);
      add_text(hash, bound->script);
      return add_elements(hash, bound->args.head, bound_type(type));
    }
    case Form::Int:
    case Form::Float:
    case Form::Bool: return hash.add({static_cast<const char*>(value), type->size});
    case Form::Stream:
    case Form::Tool: return;
    case Form::Text: return add_text(hash, *static_cast<const pf_str*>(value));
  }
}

}  // namespace pflow::rt
