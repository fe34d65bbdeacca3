// `if` and `match` as expressions: what their arms see, and the one type that the
// arms reach.
#include "frontend/sema/exprs/expr_forms.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/exprs/patterns.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/narrowing.h"

namespace pflow::sema {

using ir::TypeId;

namespace {

/// The type in which all checked arms are given: the one expected when all fit it,
/// else the least that they reach.
TypeId join_arms(Env& env, const std::vector<const ast::Expr*>& arms, Expect expect) {
  Context& ctx = env.ctx;
  bool wanted = expect.type.valid();
  for (const ast::Expr* arm : arms) wanted = wanted && fits(env, *arm, expect.type);
  TypeId joined = wanted ? expect.type : type_of(env, *arms.front());
  for (size_t i = 1; i < arms.size() && !wanted; ++i) {
    TypeId type = type_of(env, *arms[i]);
    TypeId both = join_types(ctx.types, joined, type);
    if (!both.valid()) {
      ctx.diagnostics
          .report(diag::arms_differ, arms[i]->span, ctx.type_text(joined), ctx.type_text(type))
          .label(fmt::format("`{}` here", ctx.type_text(type)))
          .secondary(arms[i - 1]->span, fmt::format("`{}` here", ctx.type_text(joined)));
      return ctx.types.error;
    }
    joined = both;
  }
  for (const ast::Expr* arm : arms) coerce(env, *arm, joined);
  return joined;
}

/// `[]` or `{}`, also as the value of a block.
bool is_empty_literal(const ast::Expr& arm) {
  const ast::Expr* value = &arm;
  while (value->kind == ast::ExprKind::Block) value = ast::as<ast::BlockExpr>(*value).value;
  if (value->kind == ast::ExprKind::List) return ast::as<ast::ListExpr>(*value).items.empty();
  if (value->kind != ast::ExprKind::Map) return false;
  const auto& map = ast::as<ast::MapExpr>(*value);
  return map.entries.empty() && map.spread == nullptr;
}

/// Checks arms by their indices. Where the place asks for nothing, an empty list or map is of the
/// type that the other arms have.
template <typename CheckArm>
void check_arms(Env& env, const std::vector<const ast::Expr*>& arms, Expect expect,
                const CheckArm& check_arm) {
  std::vector<size_t> later;
  TypeId others;
  for (size_t i = 0; i < arms.size(); ++i) {
    if (!expect.type.valid() && is_empty_literal(*arms[i])) {
      later.push_back(i);
      continue;
    }
    check_arm(i, expect);
    TypeId type = type_of(env, *arms[i]);
    TypeId both = others.valid() ? join_types(env.ctx.types, others, type) : type;
    if (both.valid()) others = both;
  }
  if (others.valid()) expect.type = others;
  for (size_t i : later) check_arm(i, expect);
}

void check_if_arm(Env& env, const ast::IfExpr& expr, const ast::Expr& arm, bool holds,
                  Expect expect) {
  size_t outer = env.narrowed.size();
  narrow(env, *expr.condition, holds);
  check_expr(env, arm, expect);
  env.narrowed.erase(env.narrowed.begin() + static_cast<ptrdiff_t>(outer), env.narrowed.end());
}

void check_match_arm(Env& env, const ast::Expr& value, const ArmFacts& facts, Expect expect) {
  size_t locals = env.locals.size();
  size_t narrowed = env.narrowed.size();
  env.locals.insert(env.locals.end(), facts.locals.begin(), facts.locals.end());
  env.narrowed.insert(env.narrowed.end(), facts.narrowed.begin(), facts.narrowed.end());
  check_expr(env, value, expect);
  env.locals.resize(locals);
  env.narrowed.erase(env.narrowed.begin() + static_cast<ptrdiff_t>(narrowed), env.narrowed.end());
}

}  // namespace

TypeId check_if(Env& env, const ast::IfExpr& expr, Expect expect) {
  Context& ctx = env.ctx;
  check_as(env, *expr.condition, ctx.types.bool_, {{}, "a condition"});
  if (expr.otherwise == nullptr) {
    check_if_arm(env, expr, *expr.then, true, expect);
    ctx.diagnostics.report(diag::missing_else, expr.span).label("gives no value otherwise");
    return ctx.types.error;
  }
  const std::vector<const ast::Expr*> arms = {expr.then, expr.otherwise};
  check_arms(env, arms, expect,
             [&](size_t i, Expect asked) { check_if_arm(env, expr, *arms[i], i == 0, asked); });
  return join_arms(env, arms, expect);
}

TypeId check_match(Env& env, const ast::MatchExpr& expr, Expect expect) {
  check_subject(env, *expr.subject);
  std::vector<std::span<const ast::Pattern>> patterns;
  std::vector<const ast::Expr*> values;
  for (const ast::MatchArm& arm : expr.arms) {
    patterns.push_back(arm.patterns);
    values.push_back(arm.value);
  }
  std::vector<ArmFacts> facts = check_patterns(env, *expr.subject, patterns);
  check_arms(env, values, expect,
             [&](size_t i, Expect asked) { check_match_arm(env, *values[i], facts[i], asked); });
  return values.empty() ? env.ctx.types.error : join_arms(env, values, expect);
}

}  // namespace pflow::sema
