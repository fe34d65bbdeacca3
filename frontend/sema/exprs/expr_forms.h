/// The forms of expressions, each with a rule of its own; what an expression holds is asked
/// for through `check_expr`.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// The rule of `check_expr`: the own type of an expression of any form.
ir::TypeId check_expr_form(Env& env, const ast::Expr& expr, Expect expect);

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
