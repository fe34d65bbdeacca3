/// Types of expressions, and the conversions between them. Fills
/// Program::expr_types, expr_wanted, expr_keys.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// The expression's own type. `expect` is advice: what the place would like,
/// for literals, `[]` and `none`; call `coerce` to hold it to that.
ir::TypeId check_expr(Env& env, const ast::Expr& expr, Expect expect = {});

/// Holds a checked expression to a type and records the conversion.
/// False, reported, when it does not convert.
bool coerce(Env& env, const ast::Expr& expr, ir::TypeId to, const Reason& reason = {});

/// Whether the checked expression may stand where `to` is wanted. A literal is
/// `json` where that is expected, with all that it holds.
[[nodiscard]] bool fits(const Env& env, const ast::Expr& expr, ir::TypeId to);

/// `check_expr` and `coerce`: the type afterwards, the error type if it does not fit.
ir::TypeId check_as(Env& env, const ast::Expr& expr, ir::TypeId to, const Reason& reason = {});

/// Holds a checked part of a `json` literal to `json`, of which everything but
/// streams, templates and secrets can be made.
void hold_to_json(Env& env, const ast::Expr& value);

/// The type in which a key keeps a value: `none` alone and no value at all are reported.
ir::TypeId kept_type(Context& ctx, ir::TypeId type, Span span);

/// The type of an expression that was checked.
[[nodiscard]] inline ir::TypeId type_of(const Env& env, const ast::Expr& expr) {
  return env.ctx.program.expr_types[expr.id.index];
}

/// Checks that `"${value}"` may hold the checked value; reports when it may not.
bool check_displayable(Env& env, const ast::Expr& value);

}  // namespace pflow::sema
