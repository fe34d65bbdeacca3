#include "runtime/src/journal/exact.h"

#include <math.h>

#include "pflow/tables/types.h"
#include "runtime/src/failures/stack_limit.h"
#include "runtime/src/values/list.h"

namespace pflow::rt {

using tables::Form;

namespace {

bool is_exact_list(const pf_list_head* head, const pf_type* element) {
  for (size_t i = 0; i < list_len(head); ++i)
    if (!is_exact_in_json(list_at(head, i, element), element)) return false;
  return true;
}

bool is_exact_record(const void* value, const pf_type* type) {
  for (uint32_t i = 0; i < type->count; ++i) {
    const pf_field& field = type->fields[i];
    if (!is_exact_in_json(static_cast<const char*>(value) + field.offset, field.type)) return false;
  }
  return true;
}

/// Where what is inside may be `null`, too, nothing and that are one.
bool is_exact_optional(const void* value, const pf_type* type) {
  if (type->element->kind == PF_OPT || type->element->kind == PF_JSON) return false;
  return !optional_has(value, type) || is_exact_in_json(optional_value(value, type), type->element);
}

}  // namespace

bool is_exact_in_json(const void* value, const pf_type* type) {
  check_stack();
  switch (tables::facts_of(type->kind).form) {
    case Form::Int: return type->kind != PF_DURATION;
    case Form::Float: return isfinite(*static_cast<const double*>(value));
    case Form::Text:
    case Form::Bool: return true;
    case Form::List: return is_exact_list(list_of(value), type->element);
    case Form::Record: return is_exact_record(value, type);
    case Form::Opt: return is_exact_optional(value, type);
    case Form::Command:
    case Form::Query:
    case Form::Json:
    case Form::Map:
    case Form::Stream:
    case Form::Sum:
    case Form::Tool: return false;
  }
}

}  // namespace pflow::rt
