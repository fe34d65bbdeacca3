#include "frontend/sema/exprs/expressions.h"

#include "frontend/sema/calls/calls.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/type_exprs.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

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

TypeId check_form(Env& env, const ast::Expr& expr, Expect expect) {
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

std::string template_note(TypeKind kind) {
  if (kind == TypeKind::Url)
    return "a computed address is the base of a literal: `\"${base}\"`, `\"${base}/path\"`";
  return "interpolations in the literal are passed as parameters, never pasted";
}

/// Says that `expr`, which is of type `from`, does not become `to`, and how it could.
/// Always false.
bool report_mismatch(Env& env, const ast::Expr& expr, TypeId from, TypeId to,
                     const Reason& reason) {
  Context& ctx = env.ctx;
  if (is_template_type(ctx.types, to)) {
    ctx.diagnostics.report(diag::not_a_template, expr.span, ctx.type_text(to))
        .label("computed at run time")
        .secondary(reason.span, reason.text)
        .note(template_note(ctx.types.kind(to)));
    return false;
  }
  bool unwrap =
      ctx.types.is(from, TypeKind::Opt) && converts(ctx.types, ctx.types.get(from).element, to);
  auto report = ctx.diagnostics.report(diag::type_mismatch, expr.span, ctx.type_text(to),
                                       ctx.type_text(from));
  report.label(fmt::format("this is of type `{}`", ctx.type_text(from)))
      .secondary(reason.span, reason.text);
  if (ctx.types.is(from, TypeKind::Json))
    report.help(fmt::format("say what it holds: `.as({})`", ctx.type_text(to)));
  else if (ctx.types.is(from, TypeKind::Stream) && ctx.types.is(to, TypeKind::List))
    report.help("make a list of it: `collect(…)`");
  else if (ctx.types.is(unwrapped(ctx.types, to), TypeKind::Json) && is_jsonable(ctx.types, from))
    report.help("make JSON of it: `parse_json(to_json(…))`, or put it into a literal");
  else if (unwrap)
    report.help("give a value for `none` with `??`, or test it: `if x != none { … }`");
  else if (ctx.types.is(to, TypeKind::Str) && can_interpolate(ctx.types, from) &&
           !holds_secret(ctx.types, from))
    report.help("convert it with `str(…)`");
  return false;
}

/// A literal, of which `json` is made without a word.
bool is_literal_form(const ast::Expr& expr) {
  switch (expr.kind) {
    case ast::ExprKind::Int:
    case ast::ExprKind::Float:
    case ast::ExprKind::Bool:
    case ast::ExprKind::None:
    case ast::ExprKind::Template:
    case ast::ExprKind::Map:
    case ast::ExprKind::List:
    case ast::ExprKind::Record: return true;
    case ast::ExprKind::Block: return is_literal_form(*ast::as<ast::BlockExpr>(expr).value);
    case ast::ExprKind::Error:
    case ast::ExprKind::Duration:
    case ast::ExprKind::Name:
    case ast::ExprKind::Field:
    case ast::ExprKind::Index:
    case ast::ExprKind::Slice:
    case ast::ExprKind::Call:
    case ast::ExprKind::Lambda:
    case ast::ExprKind::Unary:
    case ast::ExprKind::Binary:
    case ast::ExprKind::If:
    case ast::ExprKind::Match: return false;
  }
}

}  // namespace

TypeId check_expr(Env& env, const ast::Expr& expr, Expect expect) {
  TypeId type = check_form(env, expr, expect);
  env.ctx.program.expr_types[expr.id.index] = type;
  return type;
}

bool fits(const Env& env, const ast::Expr& expr, TypeId to) {
  const ir::TypeTable& types = env.ctx.types;
  TypeId from = type_of(env, expr);
  if (converts(types, from, to)) return true;
  return types.is(unwrapped(types, to), TypeKind::Json) && is_literal_form(expr) &&
         is_jsonable(types, from);
}

bool coerce(Env& env, const ast::Expr& expr, TypeId to, const Reason& reason) {
  TypeId from = type_of(env, expr);
  if (from == to) return true;
  if (!fits(env, expr, to)) return report_mismatch(env, expr, from, to, reason);
  env.ctx.program.expr_wanted[expr.id.index] = to;
  return true;
}

TypeId check_as(Env& env, const ast::Expr& expr, TypeId to, const Reason& reason) {
  check_expr(env, expr, {to});
  return coerce(env, expr, to, reason) ? to : env.ctx.types.error;
}

TypeId kept_type(Context& ctx, TypeId type, Span span) {
  const ir::Type& info = ctx.types.get(type);
  bool none = info.kind == TypeKind::None ||
              (info.kind == TypeKind::List && ctx.types.is(info.element, TypeKind::None));
  if (none) {
    ctx.diagnostics.report(diag::needs_type, span, "none").label("of what type is not known");
    return ctx.types.error;
  }
  if (info.kind == TypeKind::Void) {
    ctx.diagnostics.report(diag::no_value, span, ctx.sources.text(span)).label("nothing to keep");
    return ctx.types.error;
  }
  return type;
}

bool check_displayable(Env& env, const ast::Expr& value) {
  Context& ctx = env.ctx;
  TypeId type = type_of(env, value);
  if (can_interpolate(ctx.types, type)) return true;
  if (ctx.types.is(type, TypeKind::Opt)) {
    auto report = ctx.diagnostics.report(diag::optional_value, value.span, ctx.type_text(type));
    report.label("must be unwrapped");
    Span end{value.span.file, value.span.end, value.span.end};
    if (ctx.types.is(ctx.types.get(type).element, TypeKind::Str))
      report.help("say what stands for `none`", Edit{end, " ?? \"\""});
    else
      report.help("say what stands for `none` with `??`");
    return false;
  }
  ctx.diagnostics.report(diag::not_interpolated, value.span, ctx.type_text(type))
      .label("has no text");
  return false;
}

}  // namespace pflow::sema
