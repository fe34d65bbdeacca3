// `[a, b]`.
#include "frontend/sema/exprs/expr_forms.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/type_exprs.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// What the place says of the items: of the list or stream that it wants, json where
/// it wants json, none when it says nothing.
TypeId wanted_item(const Context& ctx, Expect expect) {
  if (!expect.type.valid()) return {};
  TypeId wanted = unwrapped(ctx.types, expect.type);
  const TypeKind kind = ctx.types.kind(wanted);
  if (kind == TypeKind::List || kind == TypeKind::Stream) return ctx.types.get(wanted).element;
  return kind == TypeKind::Json || kind == TypeKind::Error ? wanted : TypeId();
}

TypeId list_of(Context& ctx, TypeId element) {
  return ctx.types.is(element, TypeKind::Error) ? element : ctx.types.list(element);
}

/// The least type of all items, or the error type after a report.
TypeId joined_item(Env& env, const ast::ListExpr& expr, TypeId wanted, bool& all_fit) {
  Context& ctx = env.ctx;
  TypeId element;
  for (const ast::Expr* item : expr.items) {
    TypeId type =
        check_expr(env, *item, wanted.valid() ? Expect{wanted} : Expect{element, false, true});
    all_fit = all_fit && fits(env, *item, wanted);
    TypeId joined = element.valid() ? join_types(ctx.types, element, type) : type;
    if (!joined.valid() && !all_fit) {
      ctx.diagnostics
          .report(diag::items_differ, item->span, ctx.type_text(element), ctx.type_text(type))
          .label(fmt::format("`{}` here", ctx.type_text(type)))
          .secondary(expr.items[0]->span, "the items before");
      return ctx.types.error;
    }
    element = joined.valid() ? joined : ctx.types.error;
  }
  return element;
}

}  // namespace

TypeId check_list(Env& env, const ast::ListExpr& expr, Expect expect) {
  Context& ctx = env.ctx;
  TypeId wanted = wanted_item(ctx, expect);
  if (expr.items.empty()) {
    if (wanted.valid()) return list_of(ctx, wanted);
    ctx.diagnostics.report(diag::needs_type, expr.span, "[]").label("a list of what?");
    return ctx.types.error;
  }
  if (wanted.valid() && ctx.types.is(wanted, TypeKind::Json)) {
    for (const ast::Expr* item : expr.items) {
      check_expr(env, *item, {wanted});
      hold_to_json(env, *item);
    }
    return ctx.types.list(wanted);
  }
  bool all_fit = wanted.valid();
  TypeId element = joined_item(env, expr, wanted, all_fit);
  if (ctx.types.is(element, TypeKind::Error) && !all_fit) return element;
  if (all_fit) element = wanted;
  element = held_type(ctx, element, expr.items[0]->span, "a list");
  for (const ast::Expr* item : expr.items) coerce(env, *item, element);
  return list_of(ctx, element);
}

}  // namespace pflow::sema
