/// Chains on streams: the one function of `stream.pipe`.
#pragma once

#include "frontend/lower/expr/sequences.h"

namespace pflow::lowering {

/// The stream of what the steps make of the items of `source`; the last one stands at `span`. None
/// of them is flat_map.
ir::ValueId add_pipe(ExprContext& c, ir::ValueId source, const std::vector<Step>& steps, Span span);
/// The call is the last step.
ir::ValueId lower_pipe(ExprContext& c, const ast::CallExpr& expr);

}  // namespace pflow::lowering
