#include "frontend/lower/expr/templates.h"

#include "frontend/lower/expr/convert.h"

namespace pflow::lowering {

using ir::Opcode;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

namespace {

void describe_hole(const ExprContext& c, const ast::TemplateExpr& expr, size_t hole,
                   ir::TemplatePiece& piece) {
  auto words = c.program.cmd_holes.find(expr.id);
  if (words != c.program.cmd_holes.end() && hole < words->second.size()) {
    piece.begins_word = words->second[hole].begins_word;
    piece.after_dashes = words->second[hole].after_dashes;
    piece.is_parameters = words->second[hole].is_parameters;
    piece.is_parameters = words->second[hole].is_parameters;
  }
  auto parts = c.program.url_holes.find(expr.id);
  if (parts == c.program.url_holes.end() || hole >= parts->second.size()) return;
  switch (parts->second[hole]) {
    case sema::UrlHole::Base: piece.part = ir::UrlPart::Base; return;
    case sema::UrlHole::Path: piece.part = ir::UrlPart::Path; return;
    case sema::UrlHole::Query: piece.part = ir::UrlPart::Query; return;
    case sema::UrlHole::Fragment: piece.part = ir::UrlPart::Fragment; return;
  }
}

ValueId lower_bound_template(ExprContext& c, const ast::TemplateExpr& expr, TypeId type) {
  std::vector<ir::TemplatePiece> pieces(1);
  std::vector<ValueId> holes;
  for (const ast::TemplatePart& part : expr.parts) {
    if (part.value == nullptr) {
      pieces.back().text += part.text;
      continue;
    }
    describe_hole(c, expr, holes.size(), pieces.back());
    holes.push_back(c.convert(c.lower(*part.value), c.type_of(*part.value)));
    pieces.emplace_back();
  }
  c.builder.set_span(expr.span);
  const Opcode opcode = c.is(type, TypeKind::Cmd)   ? Opcode::CmdMake
                        : c.is(type, TypeKind::Sql) ? Opcode::SqlMake
                                                    : Opcode::UrlMake;
  ir::Op& op = c.builder.add(opcode, std::move(holes), type);
  op.pieces = std::move(pieces);
  return op.result;
}

}  // namespace

ValueId lower_template(ExprContext& c, const ast::TemplateExpr& expr, TypeId type) {
  const bool bound = c.is(type, TypeKind::Cmd) || c.is(type, TypeKind::Sql) ||
                     (c.is(type, TypeKind::Url) && !expr.is_literal());
  if (bound) return lower_bound_template(c, expr, type);
  if (!c.types.is_text_like(type)) type = c.types.str;
  if (expr.is_literal()) return c.builder.const_text(expr.literal(), type);
  std::vector<ValueId> pieces;
  bool after_text = false;
  for (const ast::TemplatePart& part : expr.parts) {
    c.builder.set_span(part.span);
    if (part.value == nullptr) {
      pieces.push_back(c.builder.const_text(part.text, c.types.str));
      after_text |= !part.text.empty();
      continue;
    }
    ValueId piece = as_text(c.builder, c.types, c.lower(*part.value));
    c.builder.set_span(part.span);
    if (after_text && c.is(type, TypeKind::Path)) c.builder.add(Opcode::PathPart, {piece});
    pieces.push_back(piece);
  }
  c.builder.set_span(expr.span);
  if (pieces.size() == 1) return c.convert(pieces.front(), type);
  return c.builder.make(Opcode::Template, std::move(pieces), type);
}

}  // namespace pflow::lowering
