// String literals: text, paths and commands.
#include "frontend/lower/convert.h"
#include "frontend/lower/expr_lowering.h"

namespace pflow {

using ir::Opcode;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

ValueId ExprLowering::lower_template(const ast::TemplateExpr& expr, TypeId type) {
  if (is(type, TypeKind::Cmd)) return lower_command(expr);
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

ValueId ExprLowering::lower_command(const ast::TemplateExpr& expr) {
  std::vector<ir::TemplatePiece> pieces(1);
  std::vector<ValueId> holes;
  auto flags = program_.cmd_holes.find(expr.id);
  for (const ast::TemplatePart& part : expr.parts) {
    if (part.value == nullptr) {
      pieces.back().text += part.text;
      continue;
    }
    if (flags != program_.cmd_holes.end() && holes.size() < flags->second.size()) {
      const sema::CmdHole& hole = flags->second[holes.size()];
      pieces.back().begins_word = hole.begins_word;
      pieces.back().after_dashes = hole.after_dashes;
    }
    holes.push_back(convert(lower(*part.value), type_of(*part.value)));
    pieces.emplace_back();
  }
  builder_.set_span(expr.span);
  ir::Op& op = builder_.add(Opcode::CmdMake, std::move(holes), types_.cmd);
  op.pieces = std::move(pieces);
  return op.result;
}

}  // namespace pflow
