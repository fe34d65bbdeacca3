#include "runtime/src/values/quoted_text.h"

#include "pflow/tables/types.h"
#include "runtime/src/values/base64.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/number_text.h"

namespace pflow::rt {
namespace {

constexpr char kHidden[] = "***";

}  // namespace

void add_quoted_text(Buffer& out, const void* value, const pf_type* type) {
  if (tables::has_trait(type->kind, tables::Plain))
    return out.add(*static_cast<const pf_str*>(value));
  if (tables::has_trait(type->kind, tables::Hidden)) return out.add(kHidden);
  if (type->kind == PF_BYTES) return add_base64(out, *static_cast<const pf_str*>(value));
  if (type->kind == PF_DURATION) return add_duration(out, *static_cast<const int64_t*>(value));
  out.add("stream");
}

}  // namespace pflow::rt
