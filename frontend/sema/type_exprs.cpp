#include "frontend/sema/type_exprs.h"

#include "frontend/sema/nearest.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

struct BuiltinType {
  std::string_view name;
  TypeId ir::TypeTable::* type;
};
constexpr BuiltinType kBuiltinTypes[] = {
    {"str", &ir::TypeTable::str},    {"bytes", &ir::TypeTable::bytes},
    {"int", &ir::TypeTable::int_},   {"float", &ir::TypeTable::float_},
    {"bool", &ir::TypeTable::bool_}, {"duration", &ir::TypeTable::duration},
    {"path", &ir::TypeTable::path},  {"secret", &ir::TypeTable::secret},
    {"cmd", &ir::TypeTable::cmd},
};

TypeId unknown_type(Context& ctx, const ast::TypeExpr& expr) {
  std::vector<std::string_view> candidates;
  for (const BuiltinType& type : kBuiltinTypes) candidates.push_back(type.name);
  for (const auto& [name, entry] : ctx.type_names) candidates.push_back(ctx.text(name));
  auto report = ctx.diagnostics.report(diag::unknown_type, expr.span, ctx.text(expr.name));
  report.label("no type of this name");
  suggest_nearest(report, ctx.text(expr.name), expr.span, std::move(candidates), "type");
  return ctx.types.error;
}

TypeId resolve_alias(Context& ctx, TypeName& entry, Span use) {
  if (entry.progress == Progress::Known) return entry.type;
  const auto& alias = ast::as<ast::AliasDecl>(*entry.decl);
  if (entry.progress == Progress::Running) {
    ctx.diagnostics.report(diag::alias_cycle, alias.name.span, ctx.text(alias.name.symbol))
        .label("stands for itself")
        .secondary(use, "needed here");
    entry.progress = Progress::Known;
    return entry.type = ctx.types.error;
  }
  entry.progress = Progress::Running;
  TypeId type = resolve_type(ctx, *alias.type);
  if (entry.progress == Progress::Running) entry.type = type;
  entry.progress = Progress::Known;
  return entry.type;
}

TypeId resolve_name(Context& ctx, const ast::TypeExpr& expr) {
  std::string_view text = ctx.text(expr.name);
  for (const BuiltinType& type : kBuiltinTypes)
    if (type.name == text) return ctx.types.*type.type;
  auto found = ctx.type_names.find(expr.name);
  if (found == ctx.type_names.end()) return unknown_type(ctx, expr);
  if (found->second.decl->kind == ast::DeclKind::Alias)
    return resolve_alias(ctx, found->second, expr.span);
  return found->second.type;
}

/// A union holds literals, and names of literal unions.
TypeId resolve_union(Context& ctx, const ast::TypeExpr& expr) {
  std::vector<std::string> literals;
  bool failed = false;
  for (const ast::TypeExpr* part : expr.parts) {
    TypeId type = resolve_type(ctx, *part);
    if (ctx.types.is(type, TypeKind::Union)) {
      const std::vector<std::string>& more = ctx.types.get(type).literals;
      literals.insert(literals.end(), more.begin(), more.end());
      continue;
    }
    failed = true;
    if (ctx.types.is(type, TypeKind::Error)) continue;
    ctx.diagnostics.report(diag::mixed_union, part->span, ctx.type_text(type))
        .label("expected a string literal")
        .note("the members of a union are string literals");
  }
  return failed ? ctx.types.error : ctx.types.literal_union(std::move(literals));
}

}  // namespace

TypeId resolve_type(Context& ctx, const ast::TypeExpr& expr) {
  switch (expr.kind) {
    case ast::TypeExprKind::Named: return resolve_name(ctx, expr);
    case ast::TypeExprKind::List: {
      TypeId element = resolve_type(ctx, *expr.parts[0]);
      return ctx.types.is(element, TypeKind::Error) ? element : ctx.types.list(element);
    }
    case ast::TypeExprKind::Opt: return ctx.types.opt(resolve_type(ctx, *expr.parts[0]));
    case ast::TypeExprKind::Union: return resolve_union(ctx, expr);
    case ast::TypeExprKind::Literal: return ctx.types.literal_union({std::string(expr.literal)});
  }
  return ctx.types.error;
}

bool is_builtin_type(std::string_view word) {
  for (const BuiltinType& type : kBuiltinTypes)
    if (type.name == word) return true;
  return false;
}

bool is_port_word(const Context& ctx, const ast::TypeExpr& expr, std::string_view word) {
  return expr.kind == ast::TypeExprKind::Named && ctx.text(expr.name) == word;
}

}  // namespace pflow::sema
