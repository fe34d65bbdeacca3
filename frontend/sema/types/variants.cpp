#include "frontend/sema/types/variants.h"

#include <algorithm>

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

bool Variants::add(const ast::TypeExpr& part, TypeId type) {
  if (ctx_.types.is(type, TypeKind::Record)) return add_record(part, type);
  const std::vector<TypeId> variants = ctx_.types.get(type).variants;
  return std::ranges::all_of(variants, [&](TypeId each) { return add_record(part, each); });
}

TypeId Variants::sum() { return ctx_.types.sum(records_, std::string(tag_.text)); }

bool Variants::add_record(const ast::TypeExpr& part, TypeId record) {
  if (std::ranges::find(records_, record) != records_.end()) return true;
  bool apart = check_tag(part, record);
  records_.push_back(record);
  return check_fields(part, record) && apart;
}

std::string Variants::tag_of(TypeId record) const {
  const ir::Type& type = ctx_.types.get(record);
  return type.tag.empty() ? ctx_.types.name(record) : type.tag;
}

/// The member that holds the tag is no field of a variant.
bool Variants::check_fields(const ast::TypeExpr& part, TypeId record) {
  auto schema = ctx_.program.schemas.find(record);
  if (schema == ctx_.program.schemas.end()) return true;
  for (const ast::SchemaField& field : schema->second->fields) {
    std::string_view wire = field.wire.empty() ? ctx_.text(field.name.symbol) : field.wire;
    if (wire != key()) continue;
    auto report = ctx_.diagnostics.report(diag::variant_type_field, part.span,
                                          ctx_.types.get(record).name, key());
    report.label("cannot be told apart").secondary(field.name.span, "the field in JSON");
    if (!tag_.text.empty()) report.secondary(tag_.span, "what tells the variants apart");
    report
        .note(
            fmt::format("in JSON the variants of a sum type are told apart by a field `{}`", key()))
        .help("give the field another name on the wire: `name: str as \"…\"`");
    if (tag_.text.empty())
      report.help("or name another field for that behind the type: `type T = A | B by \"…\"`");
    return false;
  }
  return true;
}

/// Schemas of two files may have one name, and those of one file one tag.
bool Variants::check_tag(const ast::TypeExpr& part, TypeId record) {
  const std::string tag = tag_of(record);
  auto same = std::ranges::find(records_, tag, [&](TypeId other) { return tag_of(other); });
  if (same == records_.end()) return true;
  const std::string name = ctx_.types.name(record);
  auto report =
      ctx_.types.name(*same) == name
          ? ctx_.diagnostics.report(diag::name_taken, part.span, name, "variant")
          : ctx_.diagnostics.report(diag::tag_taken, part.span, ctx_.types.name(*same), name, tag);
  report.label("cannot be told apart");
  for (TypeId each : {*same, record}) {
    auto schema = ctx_.program.schemas.find(each);
    if (schema == ctx_.program.schemas.end() || schema->second->tag.text.empty()) continue;
    report.secondary(schema->second->tag.span, "its tag");
  }
  report.note(
      "in JSON the variants of a sum type are told apart by their schemas' tags, which are "
      "their names where no other is declared");
  report.help("declare another tag: `schema A as \"…\" { … }`");
  return false;
}

TypeId tagged_sum(Context& ctx, const ast::AliasDecl& alias, TypeId type) {
  if (ctx.types.is(type, TypeKind::Error)) return type;
  if (!ctx.types.is(type, TypeKind::Sum)) {
    ctx.diagnostics.report(diag::tag_without_variants, alias.tag.span, ctx.type_text(type))
        .label("nothing to tell apart")
        .secondary(alias.type->span, "no union of schemas")
        .note("`by` names the field that tells the variants of a sum type apart in JSON");
    return ctx.types.error;
  }
  // The name of another sum type; a union has its tag already.
  if (ctx.types.get(type).tag == alias.tag.text) return type;
  Variants variants(ctx, alias.tag);
  return variants.add(*alias.type, type) ? variants.sum() : ctx.types.error;
}

}  // namespace pflow::sema
