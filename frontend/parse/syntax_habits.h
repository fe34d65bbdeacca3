/// Syntax errors that other languages explain: what stands there in them, and how it is
/// written here.
#pragma once

#include "frontend/parse/statement_parser.h"
#include "frontend/parse/token_view.h"

namespace pflow::parse {

/// Reports the habit behind `failure`, of a statement or item that begins at the token
/// `begin`; false where there is none. expression_habits.cpp
bool report_expression_habit(const TokenView& tokens, const SyntaxFailure& failure, size_t begin);
/// declaration_habits.cpp
bool report_declaration_habit(const TokenView& tokens, const SyntaxFailure& failure, size_t begin);
/// statement_habits.cpp
bool report_statement_habit(const TokenView& tokens, const SyntaxFailure& failure, size_t begin);

[[nodiscard]] bool in_rule(const SyntaxFailure& failure, size_t rule);

/// The operand that ends before, or begins at, the token `index`: to the nearest separator
/// outside of its brackets. operand_places.cpp
[[nodiscard]] size_t operand_begin(const TokenView& tokens, size_t index, size_t begin);
[[nodiscard]] size_t operand_end(const TokenView& tokens, size_t index);
/// The bracket that holds the token and was opened at or after `begin`; npos without.
[[nodiscard]] size_t enclosing_bracket(const TokenView& tokens, size_t index, size_t begin);

}  // namespace pflow::parse
