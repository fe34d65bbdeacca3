#include "runtime/src/values/to_text.h"

#include "runtime/src/json/json_text.h"
#include "runtime/src/values/base64.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/number_text.h"

namespace pflow::rt {
namespace {

constexpr char kHidden[] = "***";

}  // namespace

void add_text(Buffer& out, const void* value, const pf_type* type) {
  switch (type->kind) {
    case PF_STR:
    case PF_PATH:
    case PF_URL:
    case PF_UNION: return out.add(*static_cast<const pf_str*>(value));
    case PF_BYTES: return add_base64(out, *static_cast<const pf_str*>(value));
    case PF_SECRET:
    case PF_CMD:
    case PF_SQL: return out.add(kHidden);
    case PF_STREAM: return out.add("stream");
    case PF_DURATION: return add_duration(out, *static_cast<const int64_t*>(value));
    case PF_FLOAT: return add_float(out, *static_cast<const double*>(value));
    case PF_INT:
    case PF_BOOL:
    case PF_LIST:
    case PF_OPT:
    case PF_RECORD:
    case PF_JSON:
    case PF_MAP:
    case PF_SUM: return add_json(out, value, type);
  }
}

}  // namespace pflow::rt

void pf_to_text(pf_str* out, const void* value, const pf_type* type) {
  if (type->kind == PF_STR || type->kind == PF_PATH || type->kind == PF_UNION ||
      type->kind == PF_URL) {
    *out = *static_cast<const pf_str*>(value);
    return pf_str_retain(*out);
  }
  pflow::rt::Buffer text;
  pflow::rt::add_text(text, value, type);
  *out = text.take();
}
