// String literals: text, paths, and templates whose holes are bound.
#include "frontend/lower/expr/convert.h"
#include "frontend/lower/expr/expr_lowering.h"

namespace pflow {

using ir::Opcode;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

ValueId ExprLowering::lower_template(const ast::TemplateExpr& expr, TypeId type) {
  const bool bound = is(type, TypeKind::Cmd) || is(type, TypeKind::Sql) ||
                     (is(type, TypeKind::Url) && !expr.is_literal());
  if (bound) return lower_bound_template(expr, type);
  if (!types_.is_text_like(type)) type = types_.str;
  if (expr.is_literal()) return builder_.const_text(expr.literal(), type);
  std::vector<ValueId> pieces;
  bool after_text = false;
  for (const ast::TemplatePart& part : expr.parts) {
    builder_.set_span(part.span);
    if (part.value == nullptr) {
      pieces.push_back(builder_.const_text(part.text, types_.str));
      after_text |= !part.text.empty();
      continue;
    }
    ValueId piece = as_text(builder_, types_, lower(*part.value));
    builder_.set_span(part.span);
    if (after_text && is(type, TypeKind::Path)) builder_.add(Opcode::PathPart, {piece});
    pieces.push_back(piece);
  }
  builder_.set_span(expr.span);
  if (pieces.size() == 1) return convert(pieces.front(), type);
  return builder_.make(Opcode::Template, std::move(pieces), type);
}

void ExprLowering::describe_hole(const ast::TemplateExpr& expr, size_t hole,
                                 ir::TemplatePiece& piece) const {
  auto words = program_.cmd_holes.find(expr.id);
  if (words != program_.cmd_holes.end() && hole < words->second.size()) {
    piece.begins_word = words->second[hole].begins_word;
    piece.after_dashes = words->second[hole].after_dashes;
    piece.is_parameters = words->second[hole].is_parameters;
  }
  auto parts = program_.url_holes.find(expr.id);
  if (parts == program_.url_holes.end() || hole >= parts->second.size()) return;
  switch (parts->second[hole]) {
    case sema::UrlHole::Base: piece.part = ir::UrlPart::Base; return;
    case sema::UrlHole::Path: piece.part = ir::UrlPart::Path; return;
    case sema::UrlHole::Query: piece.part = ir::UrlPart::Query; return;
    case sema::UrlHole::Fragment: piece.part = ir::UrlPart::Fragment; return;
  }
}

ValueId ExprLowering::lower_bound_template(const ast::TemplateExpr& expr, TypeId type) {
  std::vector<ir::TemplatePiece> pieces(1);
  std::vector<ValueId> holes;
  for (const ast::TemplatePart& part : expr.parts) {
    if (part.value == nullptr) {
      pieces.back().text += part.text;
      continue;
    }
    describe_hole(expr, holes.size(), pieces.back());
    holes.push_back(convert(lower(*part.value), type_of(*part.value)));
    pieces.emplace_back();
  }
  builder_.set_span(expr.span);
  const Opcode opcode = is(type, TypeKind::Cmd)   ? Opcode::CmdMake
                        : is(type, TypeKind::Sql) ? Opcode::SqlMake
                                                  : Opcode::UrlMake;
  ir::Op& op = builder_.add(opcode, std::move(holes), type);
  op.pieces = std::move(pieces);
  return op.result;
}

}  // namespace pflow
