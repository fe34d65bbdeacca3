#include "frontend/parse/build.h"

namespace pflow::parse {

ast::TypeExpr* Builder::make_type(ast::TypeExprKind kind, Span span,
                                  const std::vector<ast::TypeExpr*>& parts) {
  return arena_->make<ast::TypeExpr>(kind, span, Symbol(), Symbol(), std::string_view(),
                                     arena_->copy(parts));
}

ast::TypeExpr* Builder::type(FlowParser::TypeExprContext& context) {
  if (context.parts.size() == 1) return type_postfix(*context.parts[0]);
  std::vector<ast::TypeExpr*> parts;
  for (auto* part : context.parts) parts.push_back(type_postfix(*part));
  return make_type(ast::TypeExprKind::Union, span(context), parts);
}

ast::TypeExpr* Builder::type_postfix(FlowParser::TypePostfixContext& context) {
  ast::TypeExpr* made = type_atom(*context.atom);
  // `T??` says nothing that `T?` does not; the checks report it.
  if (!context.marks.empty()) made = make_type(ast::TypeExprKind::Opt, span(context), {made});
  return made;
}

ast::TypeExpr* Builder::type_atom(FlowParser::TypeAtomContext& context) {
  Span place = span(context);
  if (context.element != nullptr) {
    return make_type(ast::TypeExprKind::List, place, {type(*context.element)});
  }
  if (context.inner != nullptr) return type(*context.inner);
  if (context.text != nullptr) {
    ast::TypeExpr* made = make_type(ast::TypeExprKind::Literal, place, {});
    made->literal = plain_text(*context.text);
    return made;
  }
  ast::TypeExpr* made = make_type(ast::TypeExprKind::Named, place, {});
  made->name = name(*context.name).symbol;
  return made;
}

/// `Review` or `[Review]` as an argument: only a type can stand there.
ast::TypeExpr* Builder::type_argument(FlowParser::ExprContext& context) {
  if (context.atom == nullptr) return nullptr;
  FlowParser::PrimaryContext& atom = *context.atom;
  if (atom.typeName != nullptr && atom.record == nullptr) {
    ast::TypeExpr* made = make_type(ast::TypeExprKind::Named, span(context), {});
    made->name = name(*atom.typeName).symbol;
    return made;
  }
  if (atom.list == nullptr || atom.items.size() != 1) return nullptr;
  ast::TypeExpr* element = type_argument(*atom.items[0]);
  if (element == nullptr) return nullptr;
  return make_type(ast::TypeExprKind::List, span(context), {element});
}

}  // namespace pflow::parse
