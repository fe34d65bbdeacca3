/// Chains on streams: the one function of `stream.pipe`.
#pragma once

#include <functional>
#include <vector>

#include "frontend/lower/expr/sequences.h"

namespace pflow::lowering {

/// What is made of an item that all steps have kept.
struct Extract {
  ir::TypeId type;
  std::vector<const ast::Expr*> functions;  ///< that `make` applies
  std::function<ir::ValueId(ExprContext&, ir::ValueId item)> make;
};
/// Nothing but the item, as the last step gives it.
Extract as_it_is(ir::TypeId type);

/// The stream of what the steps and then `extract` make of the items of `source`; none of them is
/// flat_map.
ir::ValueId add_pipe(ExprContext& c, ir::ValueId source, const std::vector<Step>& steps,
                     const Extract& extract, Span span);
/// The call is the last step.
ir::ValueId lower_pipe(ExprContext& c, const ast::CallExpr& expr);

}  // namespace pflow::lowering
