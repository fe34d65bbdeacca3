/// Lowers expressions of every kind.
/// Never recurses along left operands and receivers: operators and method calls group to
/// the left as long as the source is.
#pragma once

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// The rules of `ExprContext`.
ir::ValueId lower_expr(ExprContext& c, const ast::Expr& expr);
ir::ValueId lower_expr_as(ExprContext& c, const ast::Expr& expr, ir::TypeId to);
inline constexpr ExprRules kExprRules{lower_expr, lower_expr_as};

}  // namespace pflow::lowering
