/// map, filter and flat_map on one item, in a loop or in the function of a pipe.
#pragma once

#include <functional>
#include <span>

#include "frontend/lower/expr/expr_context.h"
#include "frontend/lower/expr/sequences.h"

namespace pflow::lowering {

/// Where a loop's body goes on: with the next item, or behind the loop.
struct LoopExits {
  ir::BlockId next, done;
};
using ItemBody = std::function<void(ir::ValueId item, const LoopExits& exits)>;

/// The steps on one item, then `body`.
void run_steps(ExprContext& c, std::span<const Step> steps, ir::ValueId item,
               const LoopExits& exits, const ItemBody& body);

}  // namespace pflow::lowering
