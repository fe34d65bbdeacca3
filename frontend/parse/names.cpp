#include <algorithm>

#include "frontend/parse/build.h"

namespace pflow::parse {

ast::Name Builder::name(const antlr4::Token& token) {
  Span place = span(token);
  return {names_->intern(text(place)), place};
}

const antlr4::Token& Builder::token_of(FlowParser::WordContext& context) {
  return context.tok != nullptr ? *context.tok : *context.plain->tok;
}

ast::Name Builder::any_name(FlowParser::WordContext& context) { return name(token_of(context)); }

ast::Name Builder::own_name(FlowParser::WordContext& context, std::string_view what) {
  ast::Name found = any_name(context);
  TokenType type = type_of(token_of(context));
  if (type != FlowParser::NAME && type != FlowParser::UNAME)
    reports_->report(diag::reserved_name, found.span, text(found.span), what)
        .label("a reserved word")
        .help("a name that is not reserved", {found.span, fmt::format("{}_", text(found.span))});
  return found;
}

std::string_view Builder::doc_of(const antlr4::Token& first) const {
  uint32_t index = static_cast<const FlowToken&>(first).index();
  auto found = std::lower_bound(lexed_->docs.begin(), lexed_->docs.end(), index,
                                [](const Doc& doc, uint32_t at) { return doc.index < at; });
  return found != lexed_->docs.end() && found->index == index ? found->text : std::string_view();
}

}  // namespace pflow::parse
