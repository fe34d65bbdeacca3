/// Literals that no run accepts: an index or a count below 0, a division by 0.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Reports an index of a list, text or bytes that counts from the end.
void check_index_literal(Context& ctx, const ast::IndexExpr& expr, ir::TypeId base);

/// Reports the division of a whole number or duration by 0.
void check_divisor_literal(Context& ctx, const ast::BinaryExpr& expr, ir::TypeId result);

/// Reports an exit code that means something else: success, usage, a signal.
void check_exit_code_literal(Context& ctx, const ast::Expr& code);

/// Reports arguments that the standard node fails with, of a call whose ports are bound.
void check_argument_literals(Context& ctx, const ast::CallExpr& call);

}  // namespace pflow::sema
