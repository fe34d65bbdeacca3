#include "runtime/src/result.h"

#include "runtime/src/buffer.h"
#include "runtime/src/to_text.h"

namespace pflow::rt {
namespace {

void add_value_json(Buffer& out, const pf_program& program, const char* block) {
  if (program.result_count == 1)
    return add_json(out, block + program.results[0].offset, program.results[0].type);
  out.add('{');
  for (uint32_t i = 0; i < program.result_count; ++i) {
    const pf_field& result = program.results[i];
    if (i != 0) out.add(',');
    add_json_string(out, view(result.name));
    out.add(':');
    add_json(out, block + result.offset, result.type);
  }
  out.add('}');
}

bool is_text(const pf_type* type) {
  return type->kind == PF_STR || type->kind == PF_PATH || type->kind == PF_UNION ||
         type->kind == PF_SECRET;
}

}  // namespace

void add_results(Buffer& out, const pf_program& program, const char* block, bool json) {
  if (json) {
    out.add("{\"result\":");
    if (program.result_count == 0)
      out.add("null");
    else
      add_value_json(out, program, block);
    out.add("}\n");
    return;
  }
  if (program.result_count == 0) return;
  if (program.result_count == 1 && is_text(program.results[0].type)) {
    add_text(out, block + program.results[0].offset, program.results[0].type);
    if (out.size() == 0 || out.end()[-1] != '\n') out.add('\n');
    return;
  }
  add_value_json(out, program, block);
  out.add('\n');
}

}  // namespace pflow::rt
