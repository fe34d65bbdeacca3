#include "frontend/sema/types/type_exprs.h"

#include "frontend/habits/habits.h"
#include "frontend/habits/type_spelling.h"
#include "frontend/sema/files/imported_names.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/types/call_types.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/variants.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// The types that are made of others, by their word.
struct GenericType {
  std::string_view name;
  size_t parts;
};
constexpr GenericType kGenericTypes[] = {
    {"map", 1}, {"stream", 1}, {"Pair", 2}, {"Indexed", 1}, {"KeyValue", 1},
};

/// What another language calls the type; `whole` is it with its arguments.
bool suggest_spelling(DiagnosticBuilder& report, const Context& ctx, const ast::Name& name,
                      Span whole) {
  std::string_view text = ctx.text(name.symbol);
  std::string_view written = ctx.sources.text(whole);
  habits::TypeSpelling spelled = habits::spell_type(written);
  std::string_view pattern = habits::find_type(text, 0);
  bool hint = pattern.find('T') != std::string_view::npos;
  if (!spelled.here.empty() && spelled.length == written.size() && spelled.here != written) {
    bool number = spelled.here == "float" && (text == "number" || text == "Number");
    report.help(number ? "write `float`, or `int` for whole numbers"
                       : fmt::format("write `{}`", spelled.here),
                {whole, spelled.here});
    return true;
  }
  if (hint) report.help(fmt::format("write `{}`, where `T` is the type of an item", pattern));
  return hint;
}

TypeId unknown_type(Context& ctx, const ast::Name& name, Span whole) {
  if (explain_import(ctx, name)) return ctx.types.error;
  std::vector<std::string_view> candidates;
  for (const tables::TypeFacts& type : tables::kTypes)
    if (type.word != nullptr) candidates.emplace_back(type.word);
  for (const GenericType& type : kGenericTypes) candidates.push_back(type.name);
  for (Symbol type : ctx.visible.types_in(name.span.file)) candidates.push_back(ctx.text(type));
  auto report = ctx.diagnostics.report(diag::unknown_type, name.span, ctx.text(name.symbol));
  report.label("no type of this name");
  show_import(report, ctx, name);
  if (suggest_spelling(report, ctx, name, whole)) return ctx.types.error;
  suggest_nearest(report, ctx.text(name.symbol), name.span, std::move(candidates), "type");
  return ctx.types.error;
}

TypeId generic_type(Context& ctx, const GenericType& generic, const std::vector<TypeId>& parts) {
  for (TypeId part : parts)
    if (ctx.types.is(part, TypeKind::Error)) return part;
  if (generic.name == "map") return ctx.types.map(parts[0]);
  if (generic.name == "stream") return ctx.types.stream(parts[0]);
  if (generic.name == "Pair") return ctx.types.pair(parts[0], parts[1]);
  if (generic.name == "Indexed") return ctx.types.indexed(parts[0]);
  return ctx.types.key_value(parts[0]);
}

TypeId report_parts(Context& ctx, Span span, std::string_view name, size_t wanted, size_t found) {
  auto report = ctx.diagnostics.report(diag::type_parts, span, name, count_text(wanted, "type"),
                                       found == 0 ? "none" : std::to_string(found));
  if (wanted == 0)
    report.label("takes no types");
  else
    report.label(fmt::format("write `{}<{}>`", name, wanted == 1 ? "T" : "A, B"));
  habits::TypeSpelling spelled = habits::spell_type(ctx.sources.text(span));
  if (!habits::find_type(name, found).empty() && !spelled.here.empty())
    report.help(fmt::format("write `{}`", spelled.here), {span, spelled.here}).certain();
  return ctx.types.error;
}

/// `map<T>`, `Pair<A, B>`, or a plain name.
TypeId resolve_named(Context& ctx, const ast::TypeExpr& expr) {
  std::string_view text = ctx.text(expr.name);
  bool own = expr.module.valid() || ctx.visible.type(expr.name, expr.span.file) != nullptr;
  for (const GenericType& generic : kGenericTypes) {
    if (generic.name != text || own) continue;
    if (expr.parts.size() != generic.parts)
      return report_parts(ctx, expr.span, text, generic.parts, expr.parts.size());
    std::vector<TypeId> parts;
    for (const ast::TypeExpr* part : expr.parts) {
      TypeId type = resolve_type(ctx, *part);
      parts.push_back(held_type(ctx, type, part->span, fmt::format("a `{}`", text)));
    }
    return generic_type(ctx, generic, parts);
  }
  TypeId type =
      resolve_type_name(ctx, imported_name(ctx, expr.module, {expr.name, expr.span}), expr.span);
  if (expr.parts.empty() || ctx.types.is(type, TypeKind::Error)) return type;
  return report_parts(ctx, expr.span, text, 0, expr.parts.size());
}

TypeId report_mixed(Context& ctx, const ast::TypeExpr& part, TypeId type, bool of_records) {
  if (ctx.types.is(type, TypeKind::Error)) return type;
  auto report =
      ctx.diagnostics.report(diag::mixed_union, part.span,
                             of_records ? "a schema" : "a string literal", ctx.type_text(type));
  report.label(of_records ? "expected a schema" : "expected a string literal");
  if (ctx.types.is(type, TypeKind::Opt))
    report.help("`?` belongs to the member before it: write `(A | B)?`");
  else
    report.note("the members of a union are string literals, or schemas");
  return ctx.types.error;
}

/// `T | None`: what may be missing is an optional.
bool report_none_member(Context& ctx, const ast::TypeExpr& expr) {
  for (const ast::TypeExpr* part : expr.parts) {
    bool named = part->kind == ast::TypeExprKind::Named && !part->module.valid();
    if (!named || habits::find_value(ctx.text(part->name)) != "none") continue;
    habits::TypeSpelling spelled = habits::spell_type(ctx.sources.text(expr.span));
    auto report = ctx.diagnostics.report(diag::unknown_type, part->span, ctx.text(part->name));
    report.label("no type of this name");
    if (spelled.here.empty())
      report.help("a type that may be `none` has a `?` behind it");
    else
      report.help("a type that may be `none` has a `?` behind it", {expr.span, spelled.here})
          .certain();
    return true;
  }
  return false;
}

/// `"a" | "b"`, `A | B`, and names of such unions; `tag` is that of the alias, if any.
TypeId resolve_union(Context& ctx, const ast::TypeExpr& expr, const ast::Tag& tag) {
  std::vector<std::string> literals;
  Variants variants(ctx, tag);
  bool failed = false;
  bool of_records = false;
  if (report_none_member(ctx, expr)) return ctx.types.error;
  for (const ast::TypeExpr* part : expr.parts) {
    TypeId type = resolve_type(ctx, *part);
    bool record = ctx.types.is(type, TypeKind::Record) || ctx.types.is(type, TypeKind::Sum);
    if (part == expr.parts.front()) of_records = record;
    bool is_member = of_records ? record : ctx.types.is(type, TypeKind::Union);
    if (!is_member) {
      report_mixed(ctx, *part, type, of_records);
      failed = true;
      continue;
    }
    const ir::Type& info = ctx.types.get(type);
    literals.insert(literals.end(), info.literals.begin(), info.literals.end());
    if (record) failed = !variants.add(*part, type) || failed;
  }
  if (failed) return ctx.types.error;
  return of_records ? variants.sum() : ctx.types.literal_union(std::move(literals));
}

TypeId list_of(Context& ctx, TypeId element, Span span) {
  element = held_type(ctx, element, span, "a list");
  return ctx.types.is(element, TypeKind::Error) ? element : ctx.types.list(element);
}

}  // namespace

TypeId resolve_alias(Context& ctx, TypeName& entry, Span use) {
  if (entry.progress == Progress::Known) return entry.type;
  const auto& alias = ast::as<ast::AliasDecl>(*entry.decl);
  if (entry.progress == Progress::Running) {
    ctx.diagnostics.report(diag::alias_cycle, alias.name.span, "type", ctx.text(alias.name.symbol))
        .label("stands for itself")
        .secondary(use, "needed here");
    entry.progress = Progress::Known;
    return entry.type = ctx.types.error;
  }
  entry.progress = Progress::Running;
  TypeId type = alias.type->kind == ast::TypeExprKind::Union
                    ? resolve_union(ctx, *alias.type, alias.tag)
                    : resolve_type(ctx, *alias.type);
  if (!alias.tag.text.empty()) {
    type = tagged_sum(ctx, alias, type);
    note_tagged_calls(ctx, *alias.type, type);
  }
  if (entry.progress == Progress::Running) entry.type = type;
  entry.progress = Progress::Known;
  return entry.type;
}

TypeId resolve_type(Context& ctx, const ast::TypeExpr& expr) {
  switch (expr.kind) {
    case ast::TypeExprKind::Named: return resolve_named(ctx, expr);
    case ast::TypeExprKind::List:
      return list_of(ctx, resolve_type(ctx, *expr.parts[0]), expr.parts[0]->span);
    case ast::TypeExprKind::Opt: {
      TypeId type = resolve_type(ctx, *expr.parts[0]);
      return ctx.types.opt(held_type(ctx, type, expr.parts[0]->span, "an optional"));
    }
    case ast::TypeExprKind::Union: return resolve_union(ctx, expr, {});
    case ast::TypeExprKind::Calls: return resolve_calls(ctx, expr);
    case ast::TypeExprKind::Literal: return ctx.types.literal_union({std::string(expr.literal)});
  }
  return ctx.types.error;
}

TypeId held_type(Context& ctx, TypeId type, Span span, std::string_view where) {
  if (!is_template_type(ctx.types, type) && !ctx.types.is(type, TypeKind::Stream)) return type;
  auto report = ctx.diagnostics.report(diag::template_type_kept, span, ctx.type_text(type));
  report.label(fmt::format("not in {}", where));
  if (ctx.types.is(type, TypeKind::Stream))
    report.note("a stream is consumed once, where it arrives; `collect(…)` makes a list of it");
  else
    report.note("a template type is only passed on: to ports, annotated `let`s and parameters");
  return ctx.types.error;
}

TypeId resolve_type_name(Context& ctx, const ast::Name& name, Span whole) {
  if (auto param = ctx.type_params.find(name.symbol); param != ctx.type_params.end())
    return param->second;
  std::string_view text = ctx.text(name.symbol);
  if (TypeId builtin = ctx.types.of_word(text); builtin.valid()) return builtin;
  TypeName* found = ctx.type_name(name);
  if (found == nullptr) {
    if (text == "Error") return ctx.types.error_record;
    if (text == "ItemError") return ctx.types.item_error_record;
    return unknown_type(ctx, name, whole.valid() ? whole : name.span);
  }
  if (found->decl->kind == ast::DeclKind::Alias) return resolve_alias(ctx, *found, name.span);
  return found->type;
}

namespace {

/// A type that was read as an expression: a name, `[T]`, `"a"`.
TypeId type_of_expr(Context& ctx, const ast::Expr& expr) {
  switch (expr.kind) {
    case ast::ExprKind::Error: return ctx.types.error;
    case ast::ExprKind::Name:
      return resolve_type_name(ctx, {ast::as<ast::NameExpr>(expr).name, expr.span});
    case ast::ExprKind::List: {
      const auto& list = ast::as<ast::ListExpr>(expr);
      if (list.items.size() != 1) break;
      return list_of(ctx, type_of_expr(ctx, *list.items[0]), list.items[0]->span);
    }
    case ast::ExprKind::Template: {
      const auto& text = ast::as<ast::TemplateExpr>(expr);
      if (!text.is_literal()) break;
      return ctx.types.literal_union({std::string(text.literal())});
    }
    case ast::ExprKind::Int:
    case ast::ExprKind::Float:
    case ast::ExprKind::Bool:
    case ast::ExprKind::None:
    case ast::ExprKind::Duration:
    case ast::ExprKind::Field:
    case ast::ExprKind::Index:
    case ast::ExprKind::Slice:
    case ast::ExprKind::Call:
    case ast::ExprKind::Lambda:
    case ast::ExprKind::Unary:
    case ast::ExprKind::Binary:
    case ast::ExprKind::If:
    case ast::ExprKind::Match:
    case ast::ExprKind::Block:
    case ast::ExprKind::Record:
    case ast::ExprKind::Map: break;
  }
  ctx.diagnostics.report(diag::not_a_type, expr.span).label("expected a type");
  return ctx.types.error;
}

}  // namespace

TypeId resolve_type_argument(Context& ctx, const ast::Argument& argument) {
  if (argument.type != nullptr) return resolve_type(ctx, *argument.type);
  return argument.value != nullptr ? type_of_expr(ctx, *argument.value) : ctx.types.error;
}

bool is_builtin_type(std::string_view word) {
  for (const tables::TypeFacts& type : tables::kTypes)
    if (type.word != nullptr && type.word == word) return true;
  for (const GenericType& type : kGenericTypes)
    if (type.name == word) return true;
  return false;
}

bool is_port_word(const Context& ctx, const ast::TypeExpr& expr, std::string_view word) {
  return expr.kind == ast::TypeExprKind::Named && ctx.text(expr.name) == word;
}

}  // namespace pflow::sema
