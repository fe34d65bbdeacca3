#include "frontend/format/source_tokens.h"

#include <algorithm>

namespace pflow::format {

namespace {

uint32_t comments_in(std::string_view gap) {
  uint32_t count = 0;
  for (size_t at = gap.find('#'); at != std::string_view::npos; at = gap.find('#', at)) {
    ++count;
    at = std::min(gap.find('\n', at), gap.size());
  }
  return count;
}

bool opens_literal(TokenType type) {
  return type == Tok::STR_OPEN || type == Tok::BLOCK_OPEN || type == Tok::RAW_BLOCK_OPEN;
}
bool closes_literal(TokenType type) {
  return type == Tok::STR_CLOSE || type == Tok::BLOCK_CLOSE || type == Tok::RAW_BLOCK_CLOSE;
}
bool opens(TokenType type) {
  return type == Tok::LPAREN || type == Tok::LBRACK || type == Tok::LBRACE ||
         type == Tok::INTERP_OPEN || opens_literal(type);
}
bool closes(TokenType type) {
  return type == Tok::RPAREN || type == Tok::RBRACK || type == Tok::RBRACE ||
         type == Tok::INTERP_CLOSE || closes_literal(type);
}

}  // namespace

SourceTokens::SourceTokens(std::string_view text, const parse::Lexed& lexed)
    : text_(text), tokens_(&lexed.tokens), closing_(lexed.tokens.size()) {
  comments_.reserve(size() + 1);
  comments_.push_back(0);
  std::vector<uint32_t> open;
  int literals = 0;
  for (uint32_t i = 0; i < size(); ++i) {
    comments_.push_back(comments_.back() + (literals == 0 ? comments_in(gap(i)) : 0));
    if (opens_literal(type(i))) ++literals;
    if (closes_literal(type(i))) --literals;
    if (opens(type(i))) open.push_back(i);
    if (!closes(type(i)) || open.empty()) continue;
    closing_[open.back()] = i;
    open.pop_back();
  }
}

}  // namespace pflow::format
