#include "frontend/lower/flow/ends.h"

#include "frontend/lower/expr/convert.h"

namespace pflow::lowering {

using ir::Opcode;
using ir::ValueId;

void end_flow(FlowContext& f, const Held& value) {
  std::vector<ValueId> results;
  for (size_t i = 0; i < f.part.results.size(); ++i) {
    const ValueId result = f.builder.load(f.exprs.keys.slot(f.part.results[i]));
    results.push_back(i < f.part.result_types.size()
                          ? convert(f.builder, f.types, result, f.part.result_types[i])
                          : result);
  }
  if (f.part.marks_end)
    results.push_back(f.builder.const_bool(true));
  else if (f.part.value.valid())
    results.push_back(
        convert(f.builder, f.types, value.valid() ? f.load(value) : ValueId(), f.part.value));
  f.builder.add(Opcode::Return, std::move(results));
}

void return_value(FlowContext& f, const ast::Expr* value) {
  if (value == nullptr || !f.part.value.valid() || f.part.marks_end) return end_flow(f, {});
  const ValueId result = f.exprs.lower_as(*value, f.part.value);
  end_flow(f, {result, {}});
}

}  // namespace pflow::lowering
