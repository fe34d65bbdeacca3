#include "runtime/src/values/types_within.h"

#include "pflow/tables/types.h"

namespace pflow::rt {

using tables::Form;

namespace {

/// The types on the way from the root to here: those that hold themselves.
struct TypePath {
  const pf_type* type;
  const TypePath* above;
  [[nodiscard]] bool holds(const pf_type* wanted) const {
    for (const TypePath* at = this; at; at = at->above)
      if (at->type == wanted) return true;
    return false;
  }
};

/// Whether `fits` holds for the type or for one inside it.
bool any_type(const pf_type* type, bool (*fits)(const pf_type*), const TypePath* above) {
  if (above && above->holds(type)) return false;
  if (fits(type)) return true;
  TypePath path = {type, above};
  if (type->element && any_type(type->element, fits, &path)) return true;
  for (uint32_t i = 0; type->kind == PF_RECORD && i < type->count; ++i)
    if (any_type(type->fields[i].type, fits, &path)) return true;
  for (uint32_t i = 0; type->kind == PF_SUM && i < type->count; ++i)
    if (any_type(type->variants[i], fits, &path)) return true;
  return false;
}

/// What JSON has one form for, whatever the value.
bool is_exact_alone(const pf_type* type) {
  switch (tables::facts_of(type->kind).form) {
    case Form::Int: return type->kind != PF_DURATION;
    case Form::Text:
    case Form::Bool:
    case Form::List:
    case Form::Record: return true;
    case Form::Opt: return type->element->kind != PF_OPT && type->element->kind != PF_JSON;
    case Form::Float:
    case Form::Command:
    case Form::Query:
    case Form::Json:
    case Form::Map:
    case Form::Stream:
    case Form::Sum:
    case Form::Tool: return false;
  }
}

}  // namespace

bool holds_secret(const pf_type* type) {
  return any_type(type, [](const pf_type* at) { return at->kind == PF_SECRET; }, nullptr);
}

bool is_storable(const pf_type* type) {
  auto is_outside = [](const pf_type* at) {
    return tables::has_trait(at->kind, tables::Hidden) || at->kind == PF_STREAM ||
           at->kind == PF_TOOL;
  };
  return !any_type(type, is_outside, nullptr);
}

bool is_exact_in_json(const pf_type* type) {
  return !any_type(type, [](const pf_type* at) { return !is_exact_alone(at); }, nullptr);
}

}  // namespace pflow::rt
