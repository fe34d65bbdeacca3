// `a.b`, `a?.b`, `a[i]`, `a[i:j]`.
#include "frontend/habits/habits.h"
#include "frontend/sema/calls/callee.h"
#include "frontend/sema/exprs/expr_forms.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/exprs/refused_literals.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/narrowing.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// The base's type without its `?`, which the access must say (`optional`) or
/// must not. The error type after a report.
TypeId access_base(Env& env, const ast::Expr& base, bool optional, Span access,
                   std::string_view fix) {
  Context& ctx = env.ctx;
  TypeId type = check_expr(env, base);
  if (ctx.types.is(type, TypeKind::Error)) return type;
  bool is_optional = ctx.types.is(type, TypeKind::Opt);
  if (is_optional == optional) return unwrapped(ctx.types, type);
  if (!is_optional) {
    ctx.diagnostics.report(diag::not_optional, base.span, ctx.type_text(type))
        .label("always has a value")
        .help("leave the `?` out");
    return ctx.types.error;
  }
  Span at{base.span.file, base.span.end, base.span.end};
  ctx.diagnostics.report(diag::optional_value, base.span, ctx.type_text(type))
      .label("must be unwrapped")
      .secondary(access, "read here")
      .help(fmt::format("`{}` gives `none` where there is no value", fix), Edit{at, "?"});
  return ctx.types.error;
}

TypeId wrapped(Context& ctx, TypeId type, bool optional) {
  return optional ? ctx.types.opt(type) : type;
}

/// The element that an index reads; none when the type has no elements.
TypeId element_type(const ir::TypeTable& types, TypeId type) {
  const TypeKind kind = types.kind(type);
  if (kind == TypeKind::List || kind == TypeKind::Map) return types.get(type).element;
  if (kind == TypeKind::Json) return types.json;
  if (kind == TypeKind::Str || kind == TypeKind::Union) return types.str;
  return kind == TypeKind::Bytes ? types.int_ : TypeId();
}

TypeId not_indexable(Env& env, const ast::Expr& base, TypeId type) {
  const ir::TypeTable& types = env.ctx.types;
  if (types.is(type, TypeKind::Error)) return type;
  auto report = env.ctx.diagnostics.report(diag::not_indexable, base.span, env.ctx.type_text(type));
  report.label("has no elements");
  if (types.is(type, TypeKind::Record)) report.help("read a field of it by its name: `x.field`");
  if (types.is(type, TypeKind::Stream)) report.help("make a list of it: `collect(…)`");
  return types.error;
}

/// What an index of the type is: keys of maps are `str`, of JSON either.
void check_index_value(Env& env, const ast::IndexExpr& expr, TypeId base) {
  Context& ctx = env.ctx;
  TypeKind kind = ctx.types.kind(base);
  if (kind == TypeKind::Map) {
    check_as(env, *expr.index, ctx.types.str, {expr.base->span, "the keys of a map are texts"});
    return;
  }
  if (!element_type(ctx.types, base).valid()) {
    check_expr(env, *expr.index);
    return;
  }
  if (kind != TypeKind::Json) {
    check_as(env, *expr.index, ctx.types.int_, {{}, "an index"});
    return;
  }
  TypeId index = check_expr(env, *expr.index);
  if (!ctx.types.is(index, TypeKind::Int)) coerce(env, *expr.index, ctx.types.str);
}

/// `text.length`, `text.upper`: a node that is called.
void suggest_call(DiagnosticBuilder& report, const Context& ctx, const ast::FieldExpr& expr) {
  std::string_view name = ctx.text(expr.field.symbol);
  const habits::Name* habit = habits::find_name(name);
  if (habit != nullptr && habit->here.empty()) return void(report.help(std::string(habit->help)));
  std::string_view node = habit != nullptr ? habit->here : name;
  Symbol symbol = ctx.names.intern(node);
  if (!find_callee(ctx, {symbol, expr.field.span})) return;
  std::string_view base = ctx.sources.text(expr.base->span);
  report.help(fmt::format("a node is called: `{}.{}()`", base, node),
              Edit{expr.field.span, fmt::format("{}()", node)});
}

TypeId no_fields(Env& env, const ast::FieldExpr& expr, TypeId base) {
  Context& ctx = env.ctx;
  std::string_view name = ctx.text(expr.field.symbol);
  auto report = ctx.diagnostics.report(diag::no_fields, expr.base->span, ctx.type_text(base));
  report.label("has no fields").secondary(expr.field.span, fmt::format("`{}` is read here", name));
  Span dot{expr.span.file, expr.base->span.end, expr.span.end};
  if (ctx.types.is(base, TypeKind::Map) && habits::find_name(name) == nullptr)
    report.help("read an entry by its key", Edit{dot, fmt::format("[\"{}\"]", name)});
  if (ctx.types.is(base, TypeKind::Sum))
    report.help("ask which variant it is: `match x { A a => a.field, … }`");
  suggest_call(report, ctx, expr);
  return ctx.types.error;
}

}  // namespace

TypeId check_field(Env& env, const ast::FieldExpr& expr) {
  Context& ctx = env.ctx;
  if (is_label_read(env, expr)) return check_label_read(env, expr);
  TypeId base = access_base(env, *expr.base, expr.optional, expr.field.span, "?.");
  const ir::Type& record = ctx.types.get(base);
  if (record.kind == TypeKind::Error) return base;
  std::string_view name = ctx.text(expr.field.symbol);
  if (record.kind == TypeKind::Json) return wrapped(ctx, base, expr.optional);
  if (record.kind != TypeKind::Record) return no_fields(env, expr, base);
  std::vector<std::string_view> candidates;
  for (const ir::Field& field : record.fields) {
    if (field.name == name)
      return narrowed_field(env, expr, wrapped(ctx, field.type, expr.optional));
    candidates.push_back(field.name);
  }
  auto report =
      ctx.diagnostics.report(diag::unknown_field, expr.field.span, ctx.type_text(base), name);
  report.label("no such field");
  suggest_nearest(report, name, expr.field.span, std::move(candidates), "field");
  return ctx.types.error;
}

TypeId check_index(Env& env, const ast::IndexExpr& expr) {
  Context& ctx = env.ctx;
  TypeId base = access_base(env, *expr.base, expr.optional, expr.index->span, "?[");
  check_index_value(env, expr, base);
  TypeId element = element_type(ctx.types, base);
  if (!element.valid()) return not_indexable(env, *expr.base, base);
  check_index_literal(ctx, expr, base);
  if (ctx.types.is(base, TypeKind::Union))
    coerce(env, *expr.base, wrapped(ctx, ctx.types.str, expr.optional));
  return wrapped(ctx, element, expr.optional);
}

TypeId check_slice(Env& env, const ast::SliceExpr& expr) {
  Context& ctx = env.ctx;
  TypeId base = access_base(env, *expr.base, false, expr.span, "?[");
  bool sliced = element_type(ctx.types, base).valid() && !ctx.types.is(base, TypeKind::Map) &&
                !ctx.types.is(base, TypeKind::Json);
  for (const ast::Expr* end : {expr.from, expr.to}) {
    if (end == nullptr) continue;
    check_expr(env, *end);
    if (sliced) coerce(env, *end, ctx.types.int_);
  }
  if (!sliced) return not_indexable(env, *expr.base, base);
  if (!ctx.types.is(base, TypeKind::Union)) return base;
  coerce(env, *expr.base, ctx.types.str);
  return ctx.types.str;
}

}  // namespace pflow::sema
