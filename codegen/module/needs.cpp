#include "codegen/module/needs.h"

#include <algorithm>

namespace pflow::codegen {
namespace {

bool takes_time(ir::Policy policy) { return ir::policy_info(policy).takes_time(); }

template <typename Fits>
bool any_op(const ir::Module& module, Fits fits) {
  for (const ir::Function& function : module.functions)
    for (const ir::Block& block : function.blocks)
      if (std::ranges::any_of(block.ops, fits)) return true;
  return false;
}

bool any_policy(const ir::Module& module, bool (*fits)(ir::Policy)) {
  return any_op(module, [&](const ir::Op& op) { return std::ranges::any_of(op.policies, fits); });
}

}  // namespace

bool needs_time(const ir::Module& module) {
  return any_policy(module, takes_time) ||
         std::ranges::any_of(module.nodes, [](const ir::Node& node) { return node.async; });
}

bool needs_cores(const ir::Module& module) {
  return any_op(module, [](const ir::Op& op) {
    return op.opcode == ir::Opcode::StreamPipe || op.opcode == ir::Opcode::StreamOnCores;
  });
}

bool needs_cache(const ir::Module& module) {
  return any_policy(module, [](ir::Policy policy) { return policy == ir::Policy::Cache; });
}

}  // namespace pflow::codegen
