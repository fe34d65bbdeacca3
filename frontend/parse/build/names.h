/// Names as symbols with their places, and the doc comments of declarations.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

ast::Name name_of(Builder& b, const antlr4::Token& token);
const antlr4::Token& token_of(FlowParser::WordContext& context);
/// Reserved words are names here, too.
ast::Name any_name(Builder& b, FlowParser::WordContext& context);
/// A name that may not be a reserved word; `what` it names is for the report.
ast::Name own_name(Builder& b, FlowParser::WordContext& context, std::string_view what);
/// The doc comment before the token; empty when there is none.
std::string_view doc_of(Builder& b, const antlr4::Token& first);

}  // namespace pflow::parse
