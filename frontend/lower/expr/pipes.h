/// Chains on streams: the one function of `stream.pipe`.
#pragma once

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// The call is the last step.
ir::ValueId lower_pipe(ExprContext& c, const ast::CallExpr& expr);

}  // namespace pflow::lowering
