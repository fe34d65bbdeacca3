/// Operators.
#pragma once

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// The values that a comparison has compared; invalid for `none`.
struct Sides {
  ir::ValueId left, right;
};

ir::ValueId lower_unary(ExprContext& c, const ast::UnaryExpr& expr);
/// `left` is what the left operand gave.
ir::ValueId lower_binary(ExprContext& c, const ast::BinaryExpr& expr, ir::ValueId left);
/// Tells what it compared, too.
ir::ValueId lower_comparison(ExprContext& c, const ast::BinaryExpr& expr, Sides& sides);

}  // namespace pflow::lowering
