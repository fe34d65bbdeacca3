#include "frontend/parse/build/types.h"

#include <algorithm>

#include "frontend/parse/build/names.h"
#include "frontend/parse/build/shapes.h"
#include "frontend/parse/build/texts.h"

namespace pflow::parse {

namespace {

ast::TypeExpr* make_type(Builder& b, ast::TypeExprKind kind, Span span,
                         const std::vector<ast::TypeExpr*>& parts) {
  return b.arena.make<ast::TypeExpr>(kind, span, Symbol(), Symbol(), std::string_view(),
                                     b.arena.copy(parts));
}

ast::TypeExpr* named_type(Builder& b, Span span, const antlr4::Token* module,
                          const antlr4::Token& name, const std::vector<ast::TypeExpr*>& parts) {
  ast::TypeExpr* made = make_type(b, ast::TypeExprKind::Named, span, parts);
  if (module != nullptr) made->module = name_of(b, *module).symbol;
  made->name = name_of(b, name).symbol;
  return made;
}

/// `call(search, answer)`.
ast::TypeExpr* call_type(Builder& b, FlowParser::TypeAtomContext& context) {
  Span place = b.span(context);
  if (b.text(b.span(*context.name)) != "call")
    b.reports.report(diag::unexpected_token, b.span(*context.name), "`call`", "a name")
        .label("no type has names in brackets but `call(…)`")
        .help("`call(search, answer)` is the type of the calls of these nodes");
  std::vector<ast::TypeExpr*> parts;
  for (auto* each : context.callees)
    parts.push_back(named_type(b, b.span(*each), nullptr, *each, {}));
  return make_type(b, ast::TypeExprKind::Calls, place, parts);
}

ast::TypeExpr* type_atom(Builder& b, FlowParser::TypeAtomContext& context) {
  Span place = b.span(context);
  if (context.element != nullptr) {
    return make_type(b, ast::TypeExprKind::List, place, {build_type(b, *context.element)});
  }
  if (context.inner != nullptr) return build_type(b, *context.inner);
  if (context.text != nullptr) {
    ast::TypeExpr* made = make_type(b, ast::TypeExprKind::Literal, place, {});
    made->literal = plain_text(b, *context.text);
    return made;
  }
  if (!context.callees.empty()) return call_type(b, context);
  std::vector<ast::TypeExpr*> parts;
  for (auto* each : context.arguments) parts.push_back(build_type(b, *each));
  return named_type(b, place, context.module, *context.name, parts);
}

ast::TypeExpr* type_postfix(Builder& b, FlowParser::TypePostfixContext& context) {
  ast::TypeExpr* made = type_atom(b, *context.atom);
  // `T??` says nothing that `T?` does not; the checks report it.
  if (!context.marks.empty()) made = make_type(b, ast::TypeExprKind::Opt, b.span(context), {made});
  return made;
}

}  // namespace

ast::TypeExpr* build_type(Builder& b, FlowParser::TypeExprContext& context) {
  if (context.before == nullptr) return type_postfix(b, *context.part);
  std::vector<ast::TypeExpr*> parts;
  for (auto* each = &context; each != nullptr; each = each->before)
    parts.push_back(type_postfix(b, *each->part));
  std::reverse(parts.begin(), parts.end());
  return make_type(b, ast::TypeExprKind::Union, b.span(context), parts);
}

ast::TypeExpr* type_in_expr(Builder& b, FlowParser::ExprContext& context, bool words) {
  Span place = b.span(context);
  if (context.post != nullptr && context.post->typeName != nullptr) {
    const antlr4::Token* module = lone_name(context.left);
    if (module == nullptr || context.post->record != nullptr) return nullptr;
    return named_type(b, place, module, *context.post->typeName, {});
  }
  if (context.atom == nullptr) return nullptr;
  FlowParser::PrimaryContext& atom = *context.atom;
  if (atom.inner != nullptr) return type_in_expr(b, *atom.inner, words);
  if (atom.typeName != nullptr && atom.record == nullptr)
    return named_type(b, place, nullptr, *atom.typeName, {});
  if (words && lone_name(&context) != nullptr)
    return named_type(b, place, nullptr, *lone_name(&context), {});
  if (atom.list == nullptr || atom.items.size() != 1) return nullptr;
  ast::TypeExpr* element = type_in_expr(b, *atom.items[0], words);
  if (element == nullptr) return nullptr;
  return make_type(b, ast::TypeExprKind::List, place, {element});
}

}  // namespace pflow::parse
