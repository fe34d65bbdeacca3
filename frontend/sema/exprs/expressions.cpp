#include "frontend/sema/exprs/expressions.h"

#include "frontend/sema/calls/tools.h"
#include "frontend/sema/types/conversions.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

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
  if (expect.type.valid()) env.ctx.program.expr_asked[expr.id.index] = expect.type;
  TypeId type = check_tool(env, expr, expect);
  if (!type.valid()) type = env.ctx.rules.check_expr(env, expr, expect);
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

void hold_to_json(Env& env, const ast::Expr& value) {
  Context& ctx = env.ctx;
  TypeId type = type_of(env, value);
  if (ctx.types.is(type, TypeKind::Json) || ctx.types.is(type, TypeKind::Error)) return;
  if (is_jsonable(ctx.types, type)) {
    ctx.program.expr_wanted[value.id.index] = ctx.types.json;
    return;
  }
  if (holds_secret(ctx.types, type)) {
    ctx.diagnostics.report(diag::secret_shown, value.span)
        .label("a `secret`")
        .note("`json` is data that can be printed");
    return;
  }
  coerce(env, value, ctx.types.json);
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
