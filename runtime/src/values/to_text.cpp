#include "runtime/src/values/to_text.h"

#include "pflow/tables/types.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/values/base64.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/number_text.h"

namespace pflow::rt {
namespace {

constexpr char kHidden[] = "***";

}  // namespace

void add_text(Buffer& out, const void* value, const pf_type* type) {
  if (tables::has_trait(type->kind, tables::Plain))
    return out.add(*static_cast<const pf_str*>(value));
  if (tables::has_trait(type->kind, tables::Hidden)) return out.add(kHidden);
  if (type->kind == PF_BYTES) return add_base64(out, *static_cast<const pf_str*>(value));
  if (type->kind == PF_STREAM) return out.add("stream");
  if (type->kind == PF_DURATION) return add_duration(out, *static_cast<const int64_t*>(value));
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
