#include "codegen/module/needs.h"

#include <algorithm>

namespace pflow::codegen {
namespace {

bool takes_time(ir::Policy policy) {
  switch (policy) {
    case ir::Policy::Backoff:
    case ir::Policy::MaxWait:
    case ir::Policy::Jitter:
    case ir::Policy::RetryOn:
    case ir::Policy::Cache:
    case ir::Policy::Parallel: return false;
    case ir::Policy::Retries:  // waits a second when nothing else is said
    case ir::Policy::Wait:
    case ir::Policy::Timeout:
    case ir::Policy::Deadline:
    case ir::Policy::Rate: break;
  }
  return true;
}

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
