/// `if` and blocks inside expressions.
#pragma once

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// What a branch gives, into the slot when there is one; goes on at `done`.
void lower_arm_value(ExprContext& c, const ast::Expr& expr, ir::SlotId into, ir::BlockId done);
ir::ValueId lower_if(ExprContext& c, const ast::IfExpr& expr, ir::TypeId type);
ir::ValueId lower_block(ExprContext& c, const ast::BlockExpr& expr, ir::TypeId type);

}  // namespace pflow::lowering
