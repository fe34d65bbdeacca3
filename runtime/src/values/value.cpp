// Retaining and dropping values of any type, by their descriptors.
#include "pflow/abi.h"
#include "runtime/src/running/stream.h"
#include "runtime/src/values/list.h"

using namespace pflow::rt;
using pflow::tables::facts_of;
using pflow::tables::Form;

namespace {

void retain_list(pf_list_head* head) {
  if (head) ++head->count;
}

const pf_type* json_element(const pf_json& json) {
  return json.kind == PF_JSON_OBJECT ? &kJsonEntryType : &kJsonType;
}

void retain_json(const pf_json& json) {
  if (json.kind == PF_JSON_STR) return pf_str_retain(json.text);
  if (json.kind > PF_JSON_STR) retain_list(json.list.head);
}

void drop_json(const pf_json& json) {
  if (json.kind == PF_JSON_STR) return pf_str_release(json.text);
  if (json.kind > PF_JSON_STR) list_release(json.list.head, json_element(json));
}

void drop_optional(void* value, const pf_type* type) {
  if (is_boxed(type)) return list_release(list_of(value), type->element);
  if (optional_has(value, type)) pf_drop_value(value, type->element);
}

}  // namespace

void pf_retain_value(const void* value, const pf_type* type) {
  if (!type->counted) return;
  switch (facts_of(type->kind).form) {
    case Form::List:
    case Form::Map: return retain_list(list_of(value));
    case Form::Opt:
      if (is_boxed(type)) return retain_list(list_of(value));
      if (optional_has(value, type)) pf_retain_value(value, type->element);
      return;
    case Form::Record:
      for (uint32_t i = 0; i < type->count; ++i)
        pf_retain_value(static_cast<const char*>(value) + type->fields[i].offset,
                        type->fields[i].type);
      return;
    case Form::Sum: return retain_list(static_cast<const pf_sum*>(value)->box.head);
    case Form::Json: return retain_json(*static_cast<const pf_json*>(value));
    case Form::Command:
    case Form::Query: {
      static_assert(sizeof(pf_cmd) == sizeof(pf_sql), "both are a text and a list");
      const auto* bound = static_cast<const pf_cmd*>(value);
      pf_str_retain(bound->script);
      return retain_list(bound->args.head);
    }
    case Form::Stream:
      if (auto* stream = *static_cast<pf_stream* const*>(value)) ++stream->shares;
      return;
    case Form::Text: return pf_str_retain(*static_cast<const pf_str*>(value));
    case Form::Int:
    case Form::Float:
    case Form::Bool:
    case Form::Tool: return;
  }
}

void pf_drop_value(void* value, const pf_type* type) {
  if (!type->counted) return;
  switch (facts_of(type->kind).form) {
    case Form::List:
    case Form::Map: return list_release(list_of(value), type->element);
    case Form::Opt: return drop_optional(value, type);
    case Form::Record:
      for (uint32_t i = 0; i < type->count; ++i)
        pf_drop_value(static_cast<char*>(value) + type->fields[i].offset, type->fields[i].type);
      return;
    case Form::Sum: {
      const auto* sum = static_cast<const pf_sum*>(value);
      if (sum->box.head) list_release(sum->box.head, variant_type(*sum, type));
      return;
    }
    case Form::Json: return drop_json(*static_cast<const pf_json*>(value));
    case Form::Command:
    case Form::Query: {
      auto* bound = static_cast<pf_cmd*>(value);
      pf_str_release(bound->script);
      return list_release(bound->args.head, bound_type(type));
    }
    case Form::Stream: return close_stream(*static_cast<pf_stream**>(value));
    case Form::Text: return pf_str_release(*static_cast<pf_str*>(value));
    case Form::Int:
    case Form::Float:
    case Form::Bool:
    case Form::Tool: return;
  }
}
