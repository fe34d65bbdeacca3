#include "runtime/src/journal/inputs.h"

#include "runtime/src/journal/recorded.h"
#include "runtime/src/journal/step_values.h"
#include "runtime/src/json/json_text.h"
#include "runtime/src/values/types_within.h"

namespace pflow::rt {
void add_inputs(Buffer& json, const pf_program& program, const void* params) {
  bool first = true;
  json.add('{');
  for (uint32_t i = 0; i < program.param_count; ++i) {
    const pf_param& param = program.params[i];
    if (!is_storable(param.type)) continue;
    const size_t begin = json.size();
    if (!first) json.add(',');
    add_json_string(json, view(param.name));
    json.add(':');
    add_json(json, static_cast<const char*>(params) + param.offset, param.type);
    const bool kept = !holds_key({json.data() + begin, json.size() - begin, nullptr});
    if (!kept) json.cut(begin);
    first = first && !kept;
  }
  json.add('}');
}

bool fill_inputs(pf_str inputs, const pf_program& program, void* params, bool* set,
                 Buffer& problem) {
  for (uint32_t i = 0; i < program.param_count; ++i) {
    const pf_param& param = program.params[i];
    const pf_str text = json_member(inputs, param.name);
    if (set[i] || text.len == 0) continue;
    pf_json_problem wrong;
    set[i] = pf_json_decode(&text, param.type, static_cast<char*>(params) + param.offset, &wrong);
    if (set[i]) continue;
    problem.format("its parameter `%s` does not fit: ", param.name);
    problem.add(wrong.message);
    pf_str_release(wrong.message);
    return false;
  }
  return true;
}

}  // namespace pflow::rt
