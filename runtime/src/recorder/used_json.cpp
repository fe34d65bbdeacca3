#include "runtime/src/recorder/used_json.h"

#include "runtime/src/values/buffer.h"
#include "runtime/src/values/number_text.h"

namespace pflow::rt {

void add_used_json(Buffer& json, const pf_used& used) {
  json.add("\"input_tokens\":");
  json.add_int(used.input_tokens);
  json.add(",\"output_tokens\":");
  json.add_int(used.output_tokens);
  json.add(",\"cached_input_tokens\":");
  json.add_int(used.cached_input_tokens);
  json.add(",\"reasoning_tokens\":");
  json.add_int(used.reasoning_tokens);
  json.add(",\"cost_usd\":");
  if (used.has_cost)
    add_float(json, used.cost);
  else
    json.add("null");
}

void add_model_name(Buffer& out, const pf_used& used) {
  if (*used.provider) {
    out.add(used.provider);
    out.add('/');
  }
  out.add(used.model);
}

}  // namespace pflow::rt
