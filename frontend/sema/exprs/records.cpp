// `T { … }`, `{ ...e, f: v }`.
#include <algorithm>

#include "frontend/sema/exprs/expr_forms.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/files/imported_names.h"
#include "frontend/sema/nearest.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/generics.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

TypeId named_schema(Env& env, const ast::Name& name) {
  Context& ctx = env.ctx;
  std::string_view text = ctx.text(name.symbol);
  if (const TypeName* found = ctx.type_name(name)) {
    TypeId type = found->type;
    if (type.valid() &&
        (ctx.types.is(type, TypeKind::Record) || ctx.types.is(type, TypeKind::Error)))
      return type;
    ctx.diagnostics.report(diag::not_a_schema, name.span, text)
        .label("a record needs a schema")
        .secondary(found->decl->name.span, "declared here");
    return ctx.types.error;
  }
  if (explain_import(ctx, name)) return ctx.types.error;
  std::vector<std::string_view> candidates;
  for (Symbol type : ctx.visible.types_in(name.span.file)) candidates.push_back(ctx.text(type));
  auto report = ctx.diagnostics.report(diag::unknown_type, name.span, text);
  report.label("no schema of this name");
  show_import(report, ctx, name);
  suggest_nearest(report, text, name.span, std::move(candidates), "schema");
  return ctx.types.error;
}

/// `{ ...x }` without fields copies a map and json, too.
TypeId copied_type(Env& env, const ast::RecordExpr& expr, TypeId spread) {
  Context& ctx = env.ctx;
  bool keyed = ctx.types.is(spread, TypeKind::Map) || ctx.types.is(spread, TypeKind::Json);
  if (keyed && expr.fields.empty()) return spread;
  auto report = ctx.diagnostics.report(diag::spread_type, expr.spread->span, ctx.type_text(spread));
  report.label("expected a record");
  if (keyed) report.help("the keys of a map are texts: `{ ...x, \"key\": value }`");
  return ctx.types.error;
}

/// Neither a name nor a copy says what the record is; perhaps its place does.
TypeId report_without_type(Context& ctx, const ast::RecordExpr& expr, Expect expect) {
  auto report = ctx.diagnostics.report(diag::record_without_type, expr.span);
  report.label("a field without a record");
  std::string_view written = ctx.sources.text(expr.span);
  TypeId wanted = expect.type.valid() ? unwrapped(ctx.types, expect.type) : TypeId();
  bool record = wanted.valid() && ctx.types.is(wanted, TypeKind::Record);
  bool braces = written.starts_with("{");
  if (record || (wanted.valid() && ctx.types.is(wanted, TypeKind::Sum))) {
    std::string name = record ? ctx.type_text(wanted) : std::string("T");
    Span at{expr.span.file, expr.span.begin, expr.span.begin};
    std::string help = fmt::format("name its type: `{} {{ … }}`", name);
    if (record && braces)
      report.help(help, Edit{at, name + " "});
    else
      report.help(help);
    return ctx.types.error;
  }
  std::vector<Edit> quotes;
  for (const ast::FieldInit& init : expr.fields)
    quotes.push_back({init.name.span, fmt::format("\"{}\"", ctx.text(init.name.symbol))});
  report.help("a record begins with its type: `T { name: value }`")
      .edits("the keys of a map stand in quotes", std::move(quotes));
  return ctx.types.error;
}

/// The record's type: written, or of the value that is copied.
TypeId record_type(Env& env, const ast::RecordExpr& expr, Expect expect) {
  Context& ctx = env.ctx;
  TypeId type;
  if (expr.type.symbol.valid())
    type = named_schema(env, imported_name(ctx, expr.module, expr.type));
  if (expr.spread != nullptr) {
    TypeId spread = check_expr(env, *expr.spread, type.valid() ? Expect{type} : expect);
    if (type.valid())
      coerce(env, *expr.spread, type, {expr.type.span, "the record's schema"});
    else if (ctx.types.is(spread, TypeKind::Record))
      type = spread;
    else if (ctx.types.is(spread, TypeKind::Error))
      type = spread;
    else
      return copied_type(env, expr, spread);
  }
  return type.valid() ? type : report_without_type(ctx, expr, expect);
}

/// Marks the field's value in `given`. False after an unknown field was reported.
bool check_init(Env& env, const ast::FieldInit& init, const ir::Type& record,
                std::vector<const ast::FieldInit*>& given, bool checked) {
  Context& ctx = env.ctx;
  std::string_view name = ctx.text(init.name.symbol);
  auto field = std::find_if(record.fields.begin(), record.fields.end(),
                            [&](const ir::Field& other) { return other.name == name; });
  if (field == record.fields.end()) {
    if (!checked) check_expr(env, *init.value);
    std::vector<std::string_view> candidates;
    for (const ir::Field& other : record.fields) candidates.push_back(other.name);
    auto report = ctx.diagnostics.report(diag::unknown_field, init.name.span, record.name, name);
    report.label("no such field");
    suggest_nearest(report, name, init.name.span, std::move(candidates), "field");
    return false;
  }
  if (!checked) check_expr(env, *init.value, {field->type});
  coerce(env, *init.value, field->type,
         {init.name.span, fmt::format("the field is {}", a_type(ctx, field->type))});
  const ast::FieldInit*& slot = given[field - record.fields.begin()];
  if (slot != nullptr)
    ctx.diagnostics.report(diag::duplicate_declaration, init.name.span, name)
        .label("given again")
        .secondary(slot->name.span, "given here first");
  slot = &init;
  return true;
}

void check_missing(Env& env, const ast::RecordExpr& expr, TypeId type,
                   const std::vector<const ast::FieldInit*>& given) {
  Context& ctx = env.ctx;
  const ir::Type& record = ctx.types.get(type);
  auto schema = ctx.program.schemas.find(type);
  std::string missing;
  for (size_t i = 0; i < given.size(); ++i) {
    bool has_default =
        schema != ctx.program.schemas.end() && schema->second->fields[i].default_value != nullptr;
    TypeKind kind = ctx.types.kind(record.fields[i].type);
    if (given[i] != nullptr || has_default || kind == TypeKind::Opt || kind == TypeKind::Error)
      continue;
    missing += fmt::format("{}`{}`", missing.empty() ? "" : ", ", record.fields[i].name);
  }
  if (missing.empty()) return;
  Span at = expr.type.symbol.valid() ? expr.type.span : expr.span;
  auto report = ctx.diagnostics.report(diag::missing_fields, at, ctx.type_text(type), missing);
  report.label("without a value for each field");
  if (schema != ctx.program.schemas.end())
    report.secondary(schema->second->name.span, "the schema");
}

/// Holds the values, which may be `checked`, to the record's fields.
TypeId check_fields(Env& env, const ast::RecordExpr& expr, TypeId type, bool checked) {
  Context& ctx = env.ctx;
  std::vector<const ast::FieldInit*> given(ctx.types.get(type).fields.size());
  bool known = true;
  for (const ast::FieldInit& init : expr.fields)
    known = check_init(env, init, ctx.types.get(type), given, checked) && known;
  if (expr.spread == nullptr && known) check_missing(env, expr, type, given);
  return type;
}

/// `Pair { … }`, `Indexed { … }`, `KeyValue { … }`: their types follow the values.
bool is_generic_record(const Context& ctx, const ast::RecordExpr& expr) {
  if (!expr.type.symbol.valid() || expr.module.valid() ||
      ctx.visible.type(expr.type.symbol, expr.type.span.file) != nullptr)
    return false;
  std::string_view name = ctx.text(expr.type.symbol);
  return name == "Pair" || name == "Indexed" || name == "KeyValue";
}

TypeId check_generic_record(Env& env, const ast::RecordExpr& expr, Expect expect) {
  Context& ctx = env.ctx;
  std::string_view name = ctx.text(expr.type.symbol);
  TypeId wanted = expect.type.valid() ? unwrapped(ctx.types, expect.type) : TypeId();
  if (wanted.valid() && generic_name(ctx.types.get(wanted)) == name)
    return check_fields(env, expr, wanted, false);
  bool complete = true;
  auto value = [&](std::string_view field) {
    for (const ast::FieldInit& init : expr.fields)
      if (ctx.text(init.name.symbol) == field)
        return kept_type(ctx, type_of(env, *init.value), init.value->span);
    complete = false;
    return ctx.types.int_;
  };
  for (const ast::FieldInit& init : expr.fields) check_expr(env, *init.value);
  TypeId type = name == "Pair"      ? ctx.types.pair(value("first"), value("second"))
                : name == "Indexed" ? ctx.types.indexed(value("value"))
                                    : ctx.types.key_value(value("value"));
  check_fields(env, expr, type, true);
  return complete ? type : ctx.types.error;
}

}  // namespace

TypeId check_record(Env& env, const ast::RecordExpr& expr, Expect expect) {
  Context& ctx = env.ctx;
  if (is_generic_record(ctx, expr)) return check_generic_record(env, expr, expect);
  TypeId type = record_type(env, expr, expect);
  if (!ctx.types.is(type, TypeKind::Record)) {
    for (const ast::FieldInit& init : expr.fields) check_expr(env, *init.value);
    return type;
  }
  return check_fields(env, expr, type, false);
}

}  // namespace pflow::sema
