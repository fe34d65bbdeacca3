#include "runtime/src/values/types_within.h"

#include "pflow/tables/types.h"

namespace pflow::rt {

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

bool is_secret(const pf_type* type) { return type->kind == PF_SECRET; }

bool is_outside(const pf_type* type) {
  return tables::has_trait(type->kind, tables::Hidden) || type->kind == PF_STREAM ||
         type->kind == PF_TOOL;
}

struct Within {
  const pf_type* type;
  bool secret, outside;
};

/// What was found last, by address: steps ask for the same few types again and again.
const Within& within(const pf_type* type) {
  constexpr size_t kKnown = 256;
  static Within known[kKnown];
  Within& found = known[reinterpret_cast<uintptr_t>(type) / alignof(pf_type) % kKnown];
  if (found.type != type)
    found = {type, any_type(type, is_secret, nullptr), any_type(type, is_outside, nullptr)};
  return found;
}

}  // namespace

bool holds_secret(const pf_type* type) { return within(type).secret; }
bool is_storable(const pf_type* type) { return !within(type).outside; }

}  // namespace pflow::rt
