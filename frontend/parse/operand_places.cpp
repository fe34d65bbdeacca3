#include "frontend/parse/syntax_habits.h"

namespace pflow::parse {

namespace {

using Tok = FlowParser;

bool opens(TokenType type) {
  return type == Tok::LPAREN || type == Tok::LBRACK || type == Tok::LBRACE ||
         type == Tok::INTERP_OPEN || type == Tok::STR_OPEN || type == Tok::BLOCK_OPEN ||
         type == Tok::RAW_BLOCK_OPEN;
}

bool closes(TokenType type) {
  return type == Tok::RPAREN || type == Tok::RBRACK || type == Tok::RBRACE ||
         type == Tok::INTERP_CLOSE || type == Tok::STR_CLOSE || type == Tok::BLOCK_CLOSE ||
         type == Tok::RAW_BLOCK_CLOSE;
}

/// What neither begins nor ends a comparison, or stands in one.
bool separates(const TokenView& tokens, size_t index) {
  switch (tokens.type(index)) {
    case Tok::NL:
    case Tok::SEMI:
    case Tok::COMMA:
    case Tok::COLON:
    case Tok::ASSIGN:
    case Tok::FAT_ARROW:
    case Tok::ARROW:
    case Tok::QUESTION:
    case Tok::RETURN:
    case Tok::LET:
    case Tok::IF:
    case Tok::ELSE:
    case Tok::UNTIL:
    case Tok::MATCH:
    case Tok::ASSERT:
    case Tok::AND:
    case Tok::OR:
    case Tok::NOT:
    case Tok::AS:
    case Tok::WITH:
    case kEndOfFile: return true;
    case Tok::GT:
      return (tokens.type(index + 1) == Tok::GT && tokens.touches_previous(index + 1)) ||
             (tokens.type(index - 1) == Tok::GT && tokens.touches_previous(index));
    default: return false;
  }
}

}  // namespace

size_t operand_begin(const TokenView& tokens, size_t index, size_t begin) {
  size_t depth = 0;
  size_t at = index;
  while (at > begin) {
    TokenType type = tokens.type(at - 1);
    if (closes(type)) ++depth;
    if (opens(type) && depth-- == 0) break;
    if (depth == 0 && separates(tokens, at - 1)) break;
    --at;
  }
  return at;
}

size_t operand_end(const TokenView& tokens, size_t index) {
  size_t depth = 0;
  size_t at = index;
  for (; tokens.type(at) != kEndOfFile; ++at) {
    TokenType type = tokens.type(at);
    if (depth == 0 && separates(tokens, at)) break;
    // The body of what the operand is the condition of.
    if (depth == 0 && at > index && type == Tok::LBRACE) break;
    if (opens(type)) ++depth;
    if (closes(type) && depth-- == 0) break;
  }
  return at;
}

size_t enclosing_bracket(const TokenView& tokens, size_t index, size_t begin) {
  size_t depth = 0;
  for (size_t at = index; at > begin; --at) {
    TokenType type = tokens.type(at - 1);
    if (closes(type)) ++depth;
    if (opens(type) && depth-- == 0) return at - 1;
  }
  return SIZE_MAX;
}

bool in_rule(const SyntaxFailure& failure, size_t rule) {
  for (size_t each : failure.rules)
    if (each == rule) return true;
  return false;
}

}  // namespace pflow::parse
