/// One loop for a whole chain: its body has the lambdas of all functions before its end,
/// or calls of the nodes named in their place. `xs.map(f).filter(g).fold(…)` makes no
/// list on the way.
#pragma once

#include <functional>
#include <span>
#include <string>

#include "frontend/lower/expr/expr_context.h"
#include "frontend/lower/expr/sequences.h"

namespace pflow::lowering {

/// Where a loop's body goes on: with the next item, or behind the loop.
struct LoopExits {
  ir::BlockId next, done;
};
using ItemBody = std::function<void(ir::ValueId item, const LoopExits& exits)>;

/// A loop over the source behind `items`, with the steps up to there and `body` in it.
void for_each_item(ExprContext& c, const sema::BoundArgument& items, const std::string& name,
                   const ItemBody& body);
/// The steps on one item, then `body`.
void run_steps(ExprContext& c, std::span<const Step> steps, ir::ValueId item,
               const LoopExits& exits, const ItemBody& body);

}  // namespace pflow::lowering
