/// String literals: text, escapes, layout, interpolations.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

/// Always an `ast::TemplateExpr`.
const ast::Expr* text_literal(Builder& b, FlowParser::TextLiteralContext& context);
/// The decoded text of a string that may hold no interpolation; reports one.
std::string_view plain_text(Builder& b, FlowParser::TextLiteralContext& context);

}  // namespace pflow::parse
