#include "ir/call_graph.h"
#include "ir/ir.h"

namespace pflow::ir {

namespace {

/// Whether it waits by itself, whatever it calls.
bool waits(const Module& module, const Function& function) {
  for (const Block& block : function.blocks) {
    for (const Op& op : block.ops)
      if (op.opcode == Opcode::Attempt) return true;
    const Op& op = block.terminator();
    if (!op.may_wait()) continue;
    if (op.opcode != Opcode::Invoke || !op.policies.empty()) return true;
    if (op.callee.node.valid() && module.node(op.callee.node).async) return true;
  }
  return false;
}

/// Of each function those that invoke it.
CallGraph invokers(const Module& module) {
  CallGraph graph(module.functions.size());
  for (uint32_t i = 0; i < graph.size(); ++i)
    for (const Block& block : module.functions[i].blocks) {
      const Op& op = block.terminator();
      if (op.opcode == Opcode::Invoke && op.callee.function.valid())
        graph[op.callee.function.index].push_back(i);
    }
  return graph;
}

}  // namespace

std::vector<bool> suspending_functions(const Module& module) {
  std::vector<FunctionId> waiting;
  for (size_t i = 0; i < module.functions.size(); ++i)
    if (waits(module, module.functions[i])) waiting.emplace_back(i);
  return reached_functions(invokers(module), waiting);
}

void let_effects_wait(Module& module) {
  for (Node& node : module.nodes)
    if (!node.effects.empty() && node.effects != "env") node.async = true;
}

}  // namespace pflow::ir
