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

// The forms that have files of their own.
ir::TypeId check_name(Env& env, const ast::NameExpr& expr);
ir::TypeId check_field(Env& env, const ast::FieldExpr& expr);
/// Whether `a.b` reads the output of the stage labelled `a`.
[[nodiscard]] bool is_label_read(const Env& env, const ast::FieldExpr& expr);
ir::TypeId check_label_read(Env& env, const ast::FieldExpr& expr);
ir::TypeId check_index(Env& env, const ast::IndexExpr& expr);
ir::TypeId check_slice(Env& env, const ast::SliceExpr& expr);
ir::TypeId check_unary(Env& env, const ast::UnaryExpr& expr);
ir::TypeId check_binary(Env& env, const ast::BinaryExpr& expr, Expect expect);
ir::TypeId check_template(Env& env, const ast::TemplateExpr& expr, Expect expect);
ir::TypeId check_record(Env& env, const ast::RecordExpr& expr, Expect expect);
ir::TypeId check_map(Env& env, const ast::MapExpr& expr, Expect expect);
ir::TypeId check_if(Env& env, const ast::IfExpr& expr, Expect expect);
ir::TypeId check_match(Env& env, const ast::MatchExpr& expr, Expect expect);
ir::TypeId check_list(Env& env, const ast::ListExpr& expr, Expect expect);

}  // namespace pflow::sema
