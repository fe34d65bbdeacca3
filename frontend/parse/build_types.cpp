#include <algorithm>

#include "frontend/parse/build.h"

namespace pflow::parse {

ast::TypeExpr* Builder::make_type(ast::TypeExprKind kind, Span span,
                                  const std::vector<ast::TypeExpr*>& parts) {
  return arena_->make<ast::TypeExpr>(kind, span, Symbol(), Symbol(), std::string_view(),
                                     arena_->copy(parts));
}

ast::TypeExpr* Builder::type(FlowParser::TypeExprContext& context) {
  if (context.before == nullptr) return type_postfix(*context.part);
  std::vector<ast::TypeExpr*> parts;
  for (auto* each = &context; each != nullptr; each = each->before)
    parts.push_back(type_postfix(*each->part));
  std::reverse(parts.begin(), parts.end());
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
  std::vector<ast::TypeExpr*> parts;
  for (auto* each : context.arguments) parts.push_back(type(*each));
  return named_type(place, context.module, *context.name, parts);
}

ast::TypeExpr* Builder::named_type(Span span, const antlr4::Token* module,
                                   const antlr4::Token& name,
                                   const std::vector<ast::TypeExpr*>& parts) {
  ast::TypeExpr* made = make_type(ast::TypeExprKind::Named, span, parts);
  if (module != nullptr) made->module = this->name(*module).symbol;
  made->name = this->name(name).symbol;
  return made;
}

ast::TypeExpr* Builder::type_of_expr(FlowParser::ExprContext& context, bool words) {
  Span place = span(context);
  if (context.post != nullptr && context.post->typeName != nullptr) {
    const antlr4::Token* module = lone_name(context.left);
    if (module == nullptr || context.post->record != nullptr) return nullptr;
    return named_type(place, module, *context.post->typeName, {});
  }
  if (context.atom == nullptr) return nullptr;
  FlowParser::PrimaryContext& atom = *context.atom;
  if (atom.inner != nullptr) return type_of_expr(*atom.inner, words);
  if (atom.typeName != nullptr && atom.record == nullptr)
    return named_type(place, nullptr, *atom.typeName, {});
  if (words && lone_name(&context) != nullptr)
    return named_type(place, nullptr, *lone_name(&context), {});
  if (atom.list == nullptr || atom.items.size() != 1) return nullptr;
  ast::TypeExpr* element = type_of_expr(*atom.items[0], words);
  if (element == nullptr) return nullptr;
  return make_type(ast::TypeExprKind::List, place, {element});
}

}  // namespace pflow::parse
