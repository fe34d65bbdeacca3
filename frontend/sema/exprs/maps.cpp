// `{ "k": v }`, `{ ...m, "k": v }`, `{}`.
#include <map>

#include "frontend/sema/exprs/expr_forms.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/type_exprs.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// What the place says of the values: the element of the map that it wants, json
/// where it wants json, none when it says nothing.
TypeId wanted_element(const Context& ctx, Expect expect) {
  if (!expect.type.valid()) return {};
  TypeId wanted = unwrapped(ctx.types, expect.type);
  if (ctx.types.is(wanted, TypeKind::Map)) return ctx.types.get(wanted).element;
  bool passes = ctx.types.is(wanted, TypeKind::Json) || ctx.types.is(wanted, TypeKind::Error);
  return passes ? wanted : TypeId();
}

void check_keys(Env& env, const ast::MapExpr& expr) {
  std::map<std::string_view, Span> seen;
  for (const ast::MapEntry& entry : expr.entries) {
    check_as(env, *entry.key, env.ctx.types.str, {{}, "a key"});
    if (!entry.key->is_literal()) continue;
    auto [at, fresh] = seen.emplace(entry.key->literal(), entry.key->span);
    if (fresh) continue;
    env.ctx.diagnostics.report(diag::duplicate_declaration, entry.key->span, at->first)
        .label("given again")
        .secondary(at->second, "given here first");
  }
}

/// The element type of the map that is copied; none without one. The error type
/// after a report.
TypeId spread_element(Env& env, const ast::MapExpr& expr, TypeId wanted) {
  Context& ctx = env.ctx;
  if (expr.spread == nullptr) return {};
  TypeId type =
      check_expr(env, *expr.spread, wanted.valid() ? Expect{ctx.types.map(wanted)} : Expect{});
  if (ctx.types.is(type, TypeKind::Map)) return ctx.types.get(type).element;
  if (ctx.types.is(type, TypeKind::Error)) return type;
  auto report = ctx.diagnostics.report(diag::spread_type, expr.spread->span, ctx.type_text(type));
  report.label("expected a map");
  if (ctx.types.is(type, TypeKind::Json))
    report.help("say that it is an object: `{ ...x.as(map<json>), … }`");
  if (ctx.types.is(type, TypeKind::Record))
    report.help("a record is copied with its fields: `{ ...x, field: value }`");
  return ctx.types.error;
}

/// The least type of all values without an expected one.
TypeId joined_element(Env& env, const ast::MapExpr& expr, TypeId element) {
  Context& ctx = env.ctx;
  const ast::Expr* first = expr.spread;
  for (const ast::MapEntry& entry : expr.entries) {
    TypeId type = check_expr(env, *entry.value, {element, false, true});
    TypeId joined = element.valid() ? join_types(ctx.types, element, type) : type;
    if (!joined.valid()) {
      ctx.diagnostics
          .report(diag::items_differ, entry.value->span, ctx.type_text(element),
                  ctx.type_text(type))
          .label(fmt::format("`{}` here", ctx.type_text(type)))
          .secondary(first->span, "the values before")
          .help("where `json` is expected the values may differ: `let x: json = …`");
      return ctx.types.error;
    }
    element = joined;
    if (first == nullptr) first = entry.value;
  }
  for (const ast::MapEntry& entry : expr.entries) coerce(env, *entry.value, element);
  return held_type(ctx, kept_type(ctx, element, expr.span), first->span, "a map");
}

}  // namespace

TypeId check_map(Env& env, const ast::MapExpr& expr, Expect expect) {
  Context& ctx = env.ctx;
  check_keys(env, expr);
  TypeId wanted = wanted_element(ctx, expect);
  TypeId spread = spread_element(env, expr, wanted);
  bool json = wanted.valid() && ctx.types.is(wanted, TypeKind::Json);
  if (expr.entries.empty() && !spread.valid()) {
    if (wanted.valid())
      return ctx.types.is(wanted, TypeKind::Error) ? wanted : ctx.types.map(wanted);
    ctx.diagnostics.report(diag::needs_type, expr.span, "{}").label("a map of what?");
    return ctx.types.error;
  }
  // A copy has the type of what it copies; json is made of it as a whole.
  if (spread.valid() && (json || !wanted.valid())) wanted = spread;
  json = json && !spread.valid();
  if (!wanted.valid()) {
    TypeId element = joined_element(env, expr, {});
    return ctx.types.is(element, TypeKind::Error) ? element : ctx.types.map(element);
  }
  for (const ast::MapEntry& entry : expr.entries) {
    check_expr(env, *entry.value, {wanted});
    if (json)
      hold_to_json(env, *entry.value);
    else
      coerce(env, *entry.value, wanted, {{}, "a value of the map"});
  }
  if (expr.spread != nullptr && !ctx.types.is(wanted, TypeKind::Error))
    coerce(env, *expr.spread, ctx.types.map(wanted));
  return ctx.types.is(wanted, TypeKind::Error) ? wanted : ctx.types.map(wanted);
}

}  // namespace pflow::sema
