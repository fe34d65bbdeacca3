#include "runtime/src/values/to_text.h"

#include "pflow/tables/types.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/number_text.h"
#include "runtime/src/values/quoted_text.h"

namespace pflow::rt {

void add_text(Buffer& out, const void* value, const pf_type* type) {
  if (tables::has_trait(type->kind, tables::Quoted)) return add_quoted_text(out, value, type);
  if (type->kind == PF_FLOAT) return add_float(out, *static_cast<const double*>(value));
  add_json(out, value, type);
}

}  // namespace pflow::rt

void pf_to_text(pf_str* out, const void* value, const pf_type* type) {
  if (pflow::tables::has_trait(type->kind, pflow::tables::Plain)) {
    *out = *static_cast<const pf_str*>(value);
    return pf_str_retain(*out);
  }
  pflow::rt::Buffer text;
  pflow::rt::add_text(text, value, type);
  *out = text.take();
}
