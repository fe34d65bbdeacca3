#include "frontend/parse/build/names.h"

#include <algorithm>

namespace pflow::parse {

ast::Name name_of(Builder& b, const antlr4::Token& token) {
  Span place = b.span(token);
  return {b.names.intern(b.text(place)), place};
}

const antlr4::Token& token_of(FlowParser::WordContext& context) {
  return context.tok != nullptr ? *context.tok : *context.plain->tok;
}

ast::Name any_name(Builder& b, FlowParser::WordContext& context) {
  return name_of(b, token_of(context));
}

ast::Name own_name(Builder& b, FlowParser::WordContext& context, std::string_view what) {
  ast::Name found = any_name(b, context);
  TokenType type = type_of(token_of(context));
  if (type != FlowParser::NAME && type != FlowParser::UNAME)
    b.reports.report(diag::reserved_name, found.span, b.text(found.span), what)
        .label("a reserved word")
        .help("a name that is not reserved", {found.span, fmt::format("{}_", b.text(found.span))});
  return found;
}

std::string_view doc_of(Builder& b, const antlr4::Token& first) {
  uint32_t index = static_cast<const FlowToken&>(first).index();
  auto found = std::lower_bound(b.lexed.docs.begin(), b.lexed.docs.end(), index,
                                [](const Doc& doc, uint32_t at) { return doc.index < at; });
  return found != b.lexed.docs.end() && found->index == index ? found->text : std::string_view();
}

}  // namespace pflow::parse
