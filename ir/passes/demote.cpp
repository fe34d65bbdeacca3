// Demotes invokes. Needs nothing. An `invoke` whose callee cannot suspend and
// that follows no action and has no policies becomes a `call` and a jump; what it unwinds to stays.
#include "ir/passes/passes.h"

namespace pflow::ir {

namespace {

bool must_stay(const Module& module, const Op& op, const std::vector<bool>& suspending) {
  if (!op.edges.empty() || !op.policies.empty()) return true;
  return op.callee.node.valid() ? module.node(op.callee.node).async
                                : suspending[op.callee.function.index];
}

void demote(Block& block) {
  Op jump;
  jump.opcode = Opcode::Jump;
  jump.span = block.ops.back().span;
  jump.target = block.ops.back().target;
  block.ops.back().opcode = Opcode::Call;
  block.ops.back().target = {};
  block.ops.push_back(std::move(jump));
}

}  // namespace

void demote(Module& module) {
  const std::vector<bool> suspending = suspending_functions(module);
  for (Function& function : module.functions)
    for (Block& block : function.blocks)
      if (block.terminator().opcode == Opcode::Invoke &&
          !must_stay(module, block.terminator(), suspending))
        demote(block);
}

}  // namespace pflow::ir
