#include "frontend/format/tree_builder.h"

namespace pflow::format {

Node* TreeBuilder::type_expr() {
  Level level(*this);
  Parts parts(*this);
  parts.add(type_part());
  while (is(Tok::BAR)) {
    parts.add(take());
    parts.add(type_part());
  }
  return parts.row(Kind::Operators);
}

Node* TreeBuilder::type_part() {
  Parts parts(*this);
  parts.add(type_atom());
  while (is(Tok::QUESTION)) parts.add(take(), false);
  return parts.row();
}

Node* TreeBuilder::type_atom() {
  if (begins_text()) return text();
  if (is(Tok::LPAREN) || is(Tok::LBRACK)) {
    TokenType close = is(Tok::LPAREN) ? Tok::RPAREN : Tok::RBRACK;
    uint32_t begin = at_;
    Node* made = list(type(), close, [this] { return type_expr(); });
    bool one = made->parts.size() == 1 && made->parts[0].node->end + 1 == made->end;
    if (!one) throw Misfit{begin};
    return made;
  }
  Parts parts(*this);
  if (is(Tok::NAME) && is(Tok::LPAREN, 1)) {
    parts.add(take());
    Node* callees = list(Tok::LPAREN, Tok::RPAREN, [this] { return take(Tok::NAME); });
    if (callees->parts.empty()) misfit();
    callees->trailing = true;
    return parts.add(callees, false).row();
  }
  if (is(Tok::NAME) && is(Tok::DOT, 1)) parts.add(take()).add(take(), false);
  if (!is(Tok::NAME) && !is(Tok::UNAME) && !is(Tok::NODE)) misfit();
  parts.add(take(), false);
  if (!is(Tok::LT)) return parts.row();
  parts.add(take(), false).add(type_expr(), false);
  while (is(Tok::COMMA)) parts.add(take(), false).add(type_expr());
  return parts.add(take(Tok::GT), false).row();
}

/// The token behind the type that begins at `at`; 0 where there is none.
uint32_t TreeBuilder::behind_type(uint32_t at) const {
  for (;; ++at) {
    at = behind_type_atom(at);
    if (at == 0) return 0;
    while (tokens_->type(at) == Tok::QUESTION) ++at;
    if (tokens_->type(at) != Tok::BAR) return at;
  }
}

uint32_t TreeBuilder::behind_type_atom(uint32_t at) const {
  TokenType first = tokens_->type(at);
  if (first == Tok::RAW_STR) return at + 1;
  if (first == Tok::STR_OPEN || first == Tok::BLOCK_OPEN || first == Tok::RAW_BLOCK_OPEN)
    return tokens_->closing(at) + 1;
  if (first == Tok::LPAREN || first == Tok::LBRACK) {
    uint32_t close = tokens_->closing(at);
    return behind_type(at + 1) == close ? close + 1 : 0;
  }
  if (first == Tok::NAME && tokens_->type(at + 1) == Tok::LPAREN)
    return tokens_->closing(at + 1) + 1;
  if (first == Tok::NAME && tokens_->type(at + 1) == Tok::DOT) first = tokens_->type(at += 2);
  if (first != Tok::NAME && first != Tok::UNAME && first != Tok::NODE) return 0;
  if (tokens_->type(++at) != Tok::LT) return at;
  do {
    at = behind_type(at + 1);
  } while (at != 0 && tokens_->type(at) == Tok::COMMA);
  return at != 0 && tokens_->type(at) == Tok::GT ? at + 1 : 0;
}

/// What also reads as an expression is laid out the same as one.
bool TreeBuilder::only_type() const {
  uint32_t end = behind_type(at_);
  if (end == 0) return false;
  switch (tokens_->type(end)) {
    case Tok::COMMA:
    case Tok::RPAREN:
    case Tok::RBRACE:
    case Tok::NL:
    case Tok::SEMI:
    case kEndOfFile: break;
    default: return false;
  }
  for (uint32_t i = at_; i < end; ++i) {
    TokenType found = tokens_->type(i);
    if (found == Tok::BAR || found == Tok::QUESTION || found == Tok::GT || found == Tok::NODE)
      return true;
  }
  return false;
}

Node* TreeBuilder::value_or_type() { return only_type() ? type_expr() : expr(); }

}  // namespace pflow::format
