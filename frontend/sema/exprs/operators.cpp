// Operators: arithmetic, comparison, `in`, `??`, `and`, `or`, `not`.
#include "frontend/ast/operators.h"

#include <utility>

#include "frontend/sema/exprs/expr_forms.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/exprs/refused_literals.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/narrowing.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ast::BinaryOp;
using ir::TypeId;
using ir::TypeKind;

namespace {

bool is_number(TypeKind kind) { return kind == TypeKind::Int || kind == TypeKind::Float; }
bool is_text(TypeKind kind) { return kind == TypeKind::Str || kind == TypeKind::Union; }
bool is_str_literal(const ast::Expr& expr) {
  return expr.kind == ast::ExprKind::Template && ast::as<ast::TemplateExpr>(expr).is_literal();
}

/// `a + b ?? c`: `b ?? c` is meant.
void suggest_brackets(DiagnosticBuilder& report, const Context& ctx,
                      const ast::BinaryExpr& coalesce, const ast::BinaryExpr& left) {
  Span meant{coalesce.span.file, left.right->span.begin, coalesce.span.end};
  std::string inner = fmt::format("({})", ctx.sources.text(meant));
  report.help(
      fmt::format("`\?\?` binds more loosely than `{}`: write `{}`", ast::spelling(left.op), inner),
      {meant, inner});
}

TypeId report_operands(Env& env, const ast::BinaryExpr& expr, TypeId left, TypeId right) {
  Context& ctx = env.ctx;
  if (ctx.types.is(left, TypeKind::Error) || ctx.types.is(right, TypeKind::Error))
    return ctx.types.error;
  auto report = ctx.diagnostics.report(diag::operator_types, expr.op_span, ast::spelling(expr.op),
                                       ctx.type_text(left), ctx.type_text(right));
  report.secondary(expr.left->span, fmt::format("`{}`", ctx.type_text(left)))
      .secondary(expr.right->span, fmt::format("`{}`", ctx.type_text(right)));
  if (expr.op == BinaryOp::Coalesce) return ctx.types.error;
  bool text = expr.op == BinaryOp::Add &&
              (ctx.types.is(left, TypeKind::Str) || ctx.types.is(right, TypeKind::Str));
  if (ctx.types.is(left, TypeKind::Json) || ctx.types.is(right, TypeKind::Json))
    report.help("say what the JSON holds: `.as(T)`");
  else if (env.coalesce != nullptr && env.coalesce->left == &expr &&
           ctx.types.is(right, TypeKind::Opt))
    suggest_brackets(report, ctx, *env.coalesce, expr);
  else if (ctx.types.is(left, TypeKind::Opt) || ctx.types.is(right, TypeKind::Opt))
    report.help("give a value for `none` with `??`");
  else if (text)
    report.help("write a template, `\"…${value}\"`, or convert with `str(…)`");
  return ctx.types.error;
}

/// The type in which both sides are added; none when they cannot be.
TypeId added_type(ir::TypeTable& types, TypeId left, TypeId right) {
  TypeKind a = types.kind(left);
  TypeKind b = types.kind(right);
  auto textual = [](TypeKind kind) { return is_text(kind) || kind == TypeKind::Secret; };
  if (textual(a) && textual(b))
    return a == TypeKind::Secret || b == TypeKind::Secret ? types.secret : types.str;
  if (a == TypeKind::Bytes && b == TypeKind::Bytes) return types.bytes;
  if (a == TypeKind::List && b == TypeKind::List) return join_types(types, left, right);
  return {};
}

/// `duration * int`, `int * duration` and `duration / int`: each side as it is.
bool scales_duration(BinaryOp op, TypeKind a, TypeKind b) {
  if (a == TypeKind::Duration && b == TypeKind::Int)
    return op == BinaryOp::Mul || op == BinaryOp::Div;
  return op == BinaryOp::Mul && a == TypeKind::Int && b == TypeKind::Duration;
}

TypeId arithmetic(Env& env, const ast::BinaryExpr& expr, Expect expect) {
  ir::TypeTable& types = env.ctx.types;
  bool lists =
      expr.op == BinaryOp::Add && expect.type.valid() && types.is(expect.type, TypeKind::List);
  TypeId left = check_expr(env, *expr.left, lists ? expect : Expect{});
  bool right_list = expr.op == BinaryOp::Add && types.is(left, TypeKind::List);
  TypeId right = check_expr(env, *expr.right, right_list ? Expect{left} : Expect{});
  TypeKind a = types.kind(left);
  TypeKind b = types.kind(right);
  TypeId result;
  if (is_number(a) && is_number(b))
    result = a == TypeKind::Float || b == TypeKind::Float ? types.float_ : types.int_;
  else if (a == TypeKind::Duration && b == TypeKind::Duration &&
           (expr.op == BinaryOp::Add || expr.op == BinaryOp::Sub))
    result = types.duration;
  else if (scales_duration(expr.op, a, b)) {
    check_divisor_literal(env.ctx, expr, types.duration);
    return types.duration;
  } else if (expr.op == BinaryOp::Add)
    result = added_type(types, left, right);
  if (!result.valid()) return report_operands(env, expr, left, right);
  coerce(env, *expr.left, result);
  coerce(env, *expr.right, result);
  check_divisor_literal(env.ctx, expr, result);
  return result;
}

/// Both sides, each with the other's type as advice when it is a literal.
std::pair<TypeId, TypeId> check_sides(Env& env, const ast::BinaryExpr& expr) {
  if (is_str_literal(*expr.left) && !is_str_literal(*expr.right)) {
    TypeId right = check_expr(env, *expr.right);
    return {check_expr(env, *expr.left, {right}), right};
  }
  TypeId left = check_expr(env, *expr.left);
  return {left, check_expr(env, *expr.right, {left})};
}

TypeId equality(Env& env, const ast::BinaryExpr& expr) {
  Context& ctx = env.ctx;
  auto [left, right] = check_sides(env, expr);
  TypeId joined = join_types(ctx.types, left, right);
  // A literal is json beside json: `x.status == 404`, `x.name == none`.
  if (ctx.types.is(left, TypeKind::Json) && fits(env, *expr.right, left)) joined = left;
  if (ctx.types.is(right, TypeKind::Json) && fits(env, *expr.left, right)) joined = right;
  bool comparable = joined.valid() && !is_template_type(ctx.types, joined) &&
                    !ctx.types.is(joined, TypeKind::Stream);
  if (!comparable) joined = {};
  if (joined.valid()) {
    coerce(env, *expr.left, joined);
    coerce(env, *expr.right, joined);
    return ctx.types.bool_;
  }
  ctx.diagnostics
      .report(diag::not_comparable, expr.op_span, ctx.type_text(left), ctx.type_text(right))
      .secondary(expr.left->span, fmt::format("`{}`", ctx.type_text(left)))
      .secondary(expr.right->span, fmt::format("`{}`", ctx.type_text(right)));
  return ctx.types.error;
}

TypeId order(Env& env, const ast::BinaryExpr& expr) {
  Context& ctx = env.ctx;
  TypeId left = check_expr(env, *expr.left);
  TypeId right = check_expr(env, *expr.right);
  TypeId joined = join_types(ctx.types, left, right);
  if (!joined.valid() || !is_ordered(ctx.types, joined))
    return report_operands(env, expr, left, right);
  // Literal unions are ordered as the texts they are.
  if (ctx.types.is(joined, TypeKind::Union)) joined = ctx.types.str;
  coerce(env, *expr.left, joined);
  coerce(env, *expr.right, joined);
  return ctx.types.is(joined, TypeKind::Error) ? joined : ctx.types.bool_;
}

TypeId membership(Env& env, const ast::BinaryExpr& expr) {
  Context& ctx = env.ctx;
  TypeId container = check_expr(env, *expr.right);
  if (ctx.types.is(container, TypeKind::List)) {
    check_as(env, *expr.left, ctx.types.get(container).element,
             {expr.right->span, a_type(ctx, container)});
    return ctx.types.bool_;
  }
  if (ctx.types.is(container, TypeKind::Map)) {
    check_as(env, *expr.left, ctx.types.str, {expr.right->span, "the keys of a map are texts"});
    return ctx.types.bool_;
  }
  TypeId left = check_expr(env, *expr.left);
  if (!is_text(ctx.types.kind(container))) return report_operands(env, expr, left, container);
  coerce(env, *expr.right, ctx.types.str);
  coerce(env, *expr.left, ctx.types.str, {expr.right->span, "a text is searched"});
  return ctx.types.bool_;
}

/// Whether some path leaves what the left of `??` reads unset: a key of the
/// flow, or `label.port`.
bool may_be_unset(const Env& env, const ast::Expr& left) {
  const FlowGraph& graph = *env.scope->graph;
  if (left.kind == ast::ExprKind::Name) {
    Symbol name = ast::as<ast::NameExpr>(left).name;
    auto found = env.scope->store.find(name);
    return found != env.scope->store.end() &&
           env.ctx.program.expr_keys[left.id.index] == found->second.id &&
           !graph.set_on_every_path(name, env.at);
  }
  if (left.kind != ast::ExprKind::Field || !is_label_read(env, ast::as<ast::FieldExpr>(left)))
    return false;
  const ast::Expr& base = *ast::as<ast::FieldExpr>(left).base;
  const LabelInfo* label = graph.label(ast::as<ast::NameExpr>(base).name, env.at);
  return label != nullptr && !graph.completed_on_every_path(*label->stage, env.at);
}

/// As above; what it reads is marked, so that lowering keeps a flag beside it.
bool tests_unset(Env& env, const ast::Expr& left) {
  if (env.scope == nullptr || env.scope->graph == nullptr || !may_be_unset(env, left)) return false;
  KeyId key = env.ctx.program.expr_keys[left.id.index];
  if (key.valid()) env.ctx.program.keys[key.index].tested_unset = true;
  return true;
}

TypeId coalesce(Env& env, const ast::BinaryExpr& expr, Expect expect) {
  Context& ctx = env.ctx;
  Expect optional;
  if (expect.type.valid()) optional.type = ctx.types.opt(expect.type);
  const ast::BinaryExpr* outer = std::exchange(env.coalesce, &expr);
  TypeId left = check_expr(env, *expr.left, optional);
  env.coalesce = outer;
  TypeId value = unwrapped(ctx.types, left);
  TypeId right = check_expr(env, *expr.right, Expect{value, expect.literal, true});
  if (ctx.types.is(left, TypeKind::Error)) return left;
  if (ctx.types.is(left, TypeKind::None)) {
    ctx.diagnostics.report(diag::needs_type, expr.left->span, "none")
        .label("of what type is not known");
    return ctx.types.error;
  }
  if (!tests_unset(env, *expr.left) && !ctx.types.is(left, TypeKind::Opt)) {
    Span rest{expr.span.file, expr.left->span.end, expr.span.end};
    auto report = ctx.diagnostics.report(diag::not_optional, expr.left->span, ctx.type_text(left));
    report.label("always has a value").secondary(expr.right->span, "never used");
    if (ctx.types.is(left, TypeKind::Json))
      report.help("JSON that may be null is read as an optional: `.as(T?)`");
    else
      report.help("leave it out", Edit{rest, ""}).certain();
    return ctx.types.error;
  }
  TypeId joined = fits(env, *expr.right, value) ? value : join_types(ctx.types, value, right);
  if (!joined.valid()) return report_operands(env, expr, left, right);
  coerce(env, *expr.right, joined);
  return joined;
}

TypeId logic(Env& env, const ast::BinaryExpr& expr) {
  TypeId bool_type = env.ctx.types.bool_;
  Reason reason{expr.op_span, fmt::format("`{}` joins conditions", ast::spelling(expr.op))};
  check_as(env, *expr.left, bool_type, reason);
  size_t outer = env.narrowed.size();
  narrow(env, *expr.left, expr.op == BinaryOp::And);
  check_as(env, *expr.right, bool_type, reason);
  env.narrowed.erase(env.narrowed.begin() + static_cast<ptrdiff_t>(outer), env.narrowed.end());
  return bool_type;
}

}  // namespace

TypeId check_unary(Env& env, const ast::UnaryExpr& expr) {
  Context& ctx = env.ctx;
  if (expr.op == ast::UnaryOp::Not)
    return check_as(env, *expr.operand, ctx.types.bool_, {{}, "a condition"});
  TypeId type = check_expr(env, *expr.operand);
  if (ctx.types.has(type, tables::Number)) return type;
  ctx.diagnostics.report(diag::operand_type, expr.span, "-", ctx.type_text(type))
      .label("needs a number")
      .secondary(expr.operand->span, fmt::format("`{}`", ctx.type_text(type)));
  return ctx.types.error;
}

TypeId check_binary(Env& env, const ast::BinaryExpr& expr, Expect expect) {
  switch (expr.op) {
    case BinaryOp::Or:
    case BinaryOp::And: return logic(env, expr);
    case BinaryOp::Eq:
    case BinaryOp::Ne: return equality(env, expr);
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge: return order(env, expr);
    case BinaryOp::In: return membership(env, expr);
    case BinaryOp::Coalesce: return coalesce(env, expr, expect);
    case BinaryOp::Add:
    case BinaryOp::Sub:
    case BinaryOp::Mul:
    case BinaryOp::Div:
    case BinaryOp::Rem: return arithmetic(env, expr, expect);
  }
}

}  // namespace pflow::sema
