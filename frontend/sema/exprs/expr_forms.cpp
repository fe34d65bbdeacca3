#include "frontend/sema/exprs/expr_forms.h"

#include "frontend/sema/calls/calls.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/types/type_exprs.h"

namespace pflow::sema {

using ir::TypeId;

namespace {

/// `{ let a = …; e }`: the lets are seen in the block only.
TypeId check_block(Env& env, const ast::BlockExpr& expr, Expect expect) {
  Context& ctx = env.ctx;
  size_t outer = env.locals.size();
  for (const ast::LetBinding& let : expr.lets) {
    check_free(env, let.name);
    TypeId type = let.type != nullptr ? resolve_type(ctx, *let.type) : TypeId();
    if (type.valid())
      check_as(env, *let.value, type, {let.type->span, "declared here"});
    else
      type = check_expr(env, *let.value);
    type = kept_type(ctx, type, let.value->span);
    Key key{KeyKind::Let, let.name.symbol, type, let.name.span};
    KeyId id = env.scope != nullptr ? add_scope_key(ctx, *env.scope, key) : ctx.add_key(key);
    ctx.program.lets.emplace(&let, id);
    env.locals.push_back(id);
  }
  TypeId type = check_expr(env, *expr.value, expect);
  env.locals.resize(outer);
  return type;
}

}  // namespace

TypeId check_expr_form(Env& env, const ast::Expr& expr, Expect expect) {
  ir::TypeTable& types = env.ctx.types;
  switch (expr.kind) {
    case ast::ExprKind::Error: return types.error;
    case ast::ExprKind::Int: return types.int_;
    case ast::ExprKind::Float: return types.float_;
    case ast::ExprKind::Bool: return types.bool_;
    case ast::ExprKind::None: return types.none;
    case ast::ExprKind::Duration: return types.duration;
    case ast::ExprKind::Template:
      return check_template(env, ast::as<ast::TemplateExpr>(expr), expect);
    case ast::ExprKind::Name: return check_name(env, ast::as<ast::NameExpr>(expr));
    case ast::ExprKind::Field: return check_field(env, ast::as<ast::FieldExpr>(expr));
    case ast::ExprKind::Index: return check_index(env, ast::as<ast::IndexExpr>(expr));
    case ast::ExprKind::Slice: return check_slice(env, ast::as<ast::SliceExpr>(expr));
    case ast::ExprKind::Call: return check_call(env, ast::as<ast::CallExpr>(expr), expect, nullptr);
    case ast::ExprKind::Lambda:
      env.ctx.diagnostics
          .report(diag::lambda_outside, expr.span, "`map`, `filter`, `fold` and the like")
          .label("not an argument")
          .note("a lambda is never stored; a function node has a name");
      return types.error;
    case ast::ExprKind::Unary: return check_unary(env, ast::as<ast::UnaryExpr>(expr));
    case ast::ExprKind::Binary: return check_binary(env, ast::as<ast::BinaryExpr>(expr), expect);
    case ast::ExprKind::If: return check_if(env, ast::as<ast::IfExpr>(expr), expect);
    case ast::ExprKind::Match: return check_match(env, ast::as<ast::MatchExpr>(expr), expect);
    case ast::ExprKind::Block: return check_block(env, ast::as<ast::BlockExpr>(expr), expect);
    case ast::ExprKind::Record: return check_record(env, ast::as<ast::RecordExpr>(expr), expect);
    case ast::ExprKind::Map: return check_map(env, ast::as<ast::MapExpr>(expr), expect);
    case ast::ExprKind::List: return check_list(env, ast::as<ast::ListExpr>(expr), expect);
  }
  return types.error;
}

}  // namespace pflow::sema
