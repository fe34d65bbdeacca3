/// Nodes and flows as values.
#pragma once

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// A name that stands for a node or flow where a tool is wanted.
ir::ValueId lower_tool(ExprContext& c, const ast::Expr& expr);

}  // namespace pflow::lowering
