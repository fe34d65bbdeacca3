#include "ir/ir.h"

namespace pflow::ir {

namespace {

bool suspends(const Module& module, const Function& function, const std::vector<bool>& known) {
  for (const Block& block : function.blocks) {
    for (const Op& op : block.ops)
      if (op.opcode == Opcode::Attempt) return true;
    const Op& op = block.terminator();
    if (!op.may_wait()) continue;
    if (op.opcode != Opcode::Invoke || !op.policies.empty()) return true;
    if (op.callee.node.valid() ? module.node(op.callee.node).async
                               : known[op.callee.function.index])
      return true;
  }
  return false;
}

}  // namespace

std::vector<bool> suspending_functions(const Module& module) {
  std::vector<bool> found(module.functions.size(), false);
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = 0; i < found.size(); ++i) {
      if (found[i] || !suspends(module, module.functions[i], found)) continue;
      found[i] = true;
      changed = true;
    }
  }
  return found;
}

}  // namespace pflow::ir
