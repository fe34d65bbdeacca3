/// `??` on what may be none, or a key that may be unset.
#pragma once

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// The key that an expression is, when it may be read unset; else invalid.
sema::KeyId maybe_unset_key(const ExprContext& c, const ast::Expr& expr);
ir::ValueId lower_coalesce(ExprContext& c, const ast::BinaryExpr& expr, ir::ValueId left);
/// `key ?? value`, where the flag beside the key says whether it is set.
ir::ValueId lower_maybe_unset(ExprContext& c, const ast::BinaryExpr& expr, sema::KeyId key);

}  // namespace pflow::lowering
