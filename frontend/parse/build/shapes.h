/// What a statement or expression is by its look, before anything is built of it.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

/// What stands between braces.
enum class Braces : uint8_t { Empty, Entries, Statements };

/// `...e, f: v`, `"k": v`: what a map or a copy is made of.
bool has_entries(const FlowParser::StatementContext& statement);
/// The name that an expression consists of, or null.
const antlr4::Token* lone_name(const FlowParser::ExprContext* expr);
/// The string that an expression consists of, or null.
FlowParser::TextLiteralContext* lone_text(FlowParser::ExprContext* expr);
/// The value of a stage that is nothing but an expression, without suffixes; or null.
FlowParser::ExprContext* lone_value(const FlowParser::StatementContext& statement);
/// A statement in the user's words.
std::string_view describe(const FlowParser::StatementContext& statement);
Braces braces_of(const FlowParser::BlockContext& context);

}  // namespace pflow::parse
