#include "ir/ownership.h"

#include <algorithm>

namespace pflow::ir {

std::vector<ValueId> owners(const Module& module, const Function& function) {
  std::vector<ValueId> found(function.values.size());
  for (const Block& block : function.blocks) {
    for (const Op& op : block.ops) {
      if (!op.result.valid()) continue;
      if (op.info().result == ResultKind::Alias)
        found[op.result.index] = found[op.operands[0].index];
      else if (op.info().result == ResultKind::Owned &&
               module.types->holds_reference(function.values[op.result.index].type))
        found[op.result.index] = op.result;
    }
  }
  return found;
}

bool is_immortal(const Op& op) {
  return op.opcode == Opcode::ConstText || op.opcode == Opcode::OptNone ||
         op.opcode == Opcode::Zero;
}

std::vector<ValueId> consumed_operands(const Op& op) {
  std::vector<ValueId> handed;
  for (size_t operand : op.handed_over) handed.push_back(op.operands[operand]);
  if (!handed.empty()) return handed;
  switch (op.info().consumes) {
    case Consumes::None: return {};
    case Consumes::First: return {op.operands.front()};
    case Consumes::Last: return {op.operands.back()};
    case Consumes::All: return op.operands;
  }
  return {};
}

std::vector<std::vector<ValueId>> owned_at_failures(const Block& block,
                                                    const std::vector<ValueId>& owners) {
  std::vector<std::vector<ValueId>> found(block.ops.size());
  std::vector<ValueId> owned;
  for (size_t i = 0; i < block.ops.size(); ++i) {
    const Op& op = block.ops[i];
    // What is handed over is the callee's to release.
    const bool given = !op.handed_over.empty();
    if (op.can_fail() && !given) found[i] = owned;
    for (ValueId operand : consumed_operands(op)) std::erase(owned, owners[operand.index]);
    if (op.can_fail() && given) found[i] = owned;
    if (op.result.valid() && owners[op.result.index] == op.result) owned.push_back(op.result);
  }
  return found;
}

}  // namespace pflow::ir
