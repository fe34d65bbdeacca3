#include "codegen/module/needs.h"

#include <algorithm>

namespace pflow::codegen {
namespace {

bool takes_time(ir::Policy policy) { return ir::policy_info(policy).takes_time(); }

bool any_policy(const ir::Module& module, bool (*fits)(ir::Policy)) {
  for (const ir::Function& function : module.functions)
    for (const ir::Block& block : function.blocks)
      for (const ir::Op& op : block.ops)
        if (std::ranges::any_of(op.policies, fits)) return true;
  return false;
}

}  // namespace

bool needs_time(const ir::Module& module) {
  return any_policy(module, takes_time) ||
         std::ranges::any_of(module.nodes, [](const ir::Node& node) { return node.async; });
}

bool needs_cache(const ir::Module& module) {
  return any_policy(module, [](ir::Policy policy) { return policy == ir::Policy::Cache; });
}

}  // namespace pflow::codegen
