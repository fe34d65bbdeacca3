#include "frontend/sema/declare/declare_types.h"

#include <algorithm>

#include "frontend/sema/name_case.h"
#include "frontend/sema/types/conversions.h"
#include "frontend/sema/types/type_exprs.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

/// A second declaration in its file is nobody's.
void declare_type_name(Context& ctx, const ast::Decl& decl) {
  const ast::Decl* seen = ctx.visible.type(decl.name.symbol, decl.name.span.file);
  if (seen != &decl && seen->name.span.file == decl.name.span.file) {
    ctx.diagnostics.report(diag::duplicate_declaration, decl.name.span, ctx.text(decl.name.symbol))
        .label("declared again")
        .secondary(seen->name.span, "declared here first");
    return;
  }
  check_case(ctx, decl.name, true, decl.kind == ast::DeclKind::Schema ? "schema" : "type");
  TypeName& entry = ctx.type_names[&decl];
  entry.decl = &decl;
  if (decl.kind != ast::DeclKind::Schema) return;
  entry.type =
      ctx.types.record(std::string(ctx.text(decl.name.symbol)),
                       std::string(ast::as<ast::SchemaDecl>(decl).tag.text), std::string(decl.doc));
  entry.progress = Progress::Known;
  ctx.program.schemas.emplace(entry.type, &ast::as<ast::SchemaDecl>(decl));
}

void fill_fields(Context& ctx, TypeId record, const ast::SchemaDecl& schema) {
  std::vector<ir::Field> fields;
  for (const ast::SchemaField& field : schema.fields) {
    std::string name(ctx.text(field.name.symbol));
    auto same = std::find_if(fields.begin(), fields.end(),
                             [&](const ir::Field& other) { return other.name == name; });
    if (same != fields.end()) {
      ctx.diagnostics.report(diag::duplicate_declaration, field.name.span, name)
          .label("declared again")
          .secondary(schema.fields[same - fields.begin()].name.span, "declared here first");
    }
    check_case(ctx, field.name, false, "field");
    TypeId type = resolve_type(ctx, *field.type);
    type = held_type(ctx, type, field.type->span, "a schema");
    if (holds_tool(ctx.types, type)) {
      ctx.diagnostics.report(diag::template_type_kept, field.type->span, ctx.type_text(type))
          .label("not in a schema")
          .note("a tool is no data: it is passed on, and held in lists");
      type = ctx.types.error;
    }
    std::string wire(field.wire.empty() ? std::string_view(name) : field.wire);
    fields.push_back({name, wire, type, std::string(field.doc)});
  }
  ctx.types.set_fields(record, std::move(fields));
}

/// Whether every value of `type` has a `target` in it: lists, maps and optionals may
/// be empty.
bool holds_inline(const ir::TypeTable& types, TypeId type, TypeId target,
                  std::vector<TypeId>& seen) {
  if (!types.is(type, TypeKind::Record)) return false;
  if (type == target) return true;
  if (std::find(seen.begin(), seen.end(), type) != seen.end()) return false;
  seen.push_back(type);
  for (const ir::Field& field : types.get(type).fields)
    if (holds_inline(types, field.type, target, seen)) return true;
  return false;
}

void check_finite(Context& ctx, TypeId record, const ast::SchemaDecl& schema) {
  const std::vector<ir::Field> fields = ctx.types.get(record).fields;
  for (size_t i = 0; i < fields.size(); ++i) {
    std::vector<TypeId> seen;
    if (!holds_inline(ctx.types, fields[i].type, record, seen)) continue;
    ctx.diagnostics
        .report(diag::recursive_schema, schema.fields[i].name.span, ctx.type_text(record))
        .label("holds its own schema")
        .secondary(schema.name.span, "this schema")
        .note("a schema may hold itself where there may be none of it: `T?`, `[T]`, `map<T>`");
    std::vector<ir::Field> cut = fields;
    cut[i].type = ctx.types.error;
    ctx.types.set_fields(record, std::move(cut));
    return;
  }
}

}  // namespace

void declare_type_names(Context& ctx, const ast::File& file) {
  for (const ast::Decl* decl : file.decls)
    if (declares_type(*decl)) declare_type_name(ctx, *decl);
}

void declare_types(Context& ctx, const ast::File& file) {
  auto declared = [&](const ast::Decl* decl) -> TypeName* {
    auto found = ctx.type_names.find(decl);
    return found == ctx.type_names.end() ? nullptr : &found->second;
  };
  for (const ast::Decl* decl : file.decls) {
    TypeName* entry = declared(decl);
    if (entry == nullptr) continue;
    if (decl->kind == ast::DeclKind::Schema)
      fill_fields(ctx, entry->type, ast::as<ast::SchemaDecl>(*decl));
    else
      resolve_alias(ctx, *entry, decl->name.span);
  }
  for (const ast::Decl* decl : file.decls)
    if (TypeName* entry = declared(decl); entry != nullptr && decl->kind == ast::DeclKind::Schema)
      check_finite(ctx, entry->type, ast::as<ast::SchemaDecl>(*decl));
}

}  // namespace pflow::sema
