#include "frontend/lower/flow/par.h"

#include <fmt/format.h>

#include "frontend/lower/flow/outline.h"
#include "frontend/lower/flow/stage_names.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::ValueId;

Held par_stage(FlowContext& f, const ast::Stage& stage) {
  std::vector<ir::Branch> branches;
  std::vector<ValueId> values;
  std::vector<CarriedKey> results;
  const std::string name = stage_name(f, stage);
  for (const ast::Statement* statement : stage.block->statements) {
    KeyUses uses(f.program);
    uses.add(*statement);
    FlowPart inner =
        inner_part(f, fmt::format("{}.{}", name, branches.size() + 1), statement->span);
    inner.params = keys_in(f.module, uses, true, surely_set(f.program, *statement));
    inner.results = keys_out(f.module, uses, inner.params);
    inner.assigned = uses.writes();
    for (ValueId value : carried_values(f, inner.params)) values.push_back(value);
    // What a branch reads alone does not come out of it.
    results.insert(results.end(), inner.results.begin(), inner.results.end());
    const auto arguments = static_cast<uint32_t>(inner.params.size());
    const ir::FunctionId flow = outline(f, std::move(inner), false, [&](auto& lowering) {
      lowering.lower(*statement);
      return Held{};
    });
    branches.push_back({flow, arguments});
  }
  const std::vector<SlotId> slots = carried_slots(f, results);
  f.builder.set_span(stage.span);
  const BlockId after = f.builder.block("after_" + name);
  ir::Op& op = f.builder.add(Opcode::Par, std::move(values));
  op.branches = std::move(branches);
  op.slots = slots;
  op.target = after;
  f.builder.enter(after);
  store_carried(f, results, slots);
  return {};
}

}  // namespace pflow::lowering
