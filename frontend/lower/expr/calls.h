/// Calls inside expressions: of function nodes, pure extern nodes and builtins.
#pragma once

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

ir::ValueId lower_call(ExprContext& c, const ast::CallExpr& expr);

}  // namespace pflow::lowering
