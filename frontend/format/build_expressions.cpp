#include "frontend/format/tree_builder.h"

namespace pflow::format {

namespace {

/// How tightly operators bind, as in the grammar: a higher level binds first.
constexpr int kOr = 1;
constexpr int kAnd = 2;
constexpr int kNot = 3;
constexpr int kCompare = 4;
constexpr int kCoalesce = 5;
constexpr int kAdd = 6;
constexpr int kMultiply = 7;
constexpr int kNegate = 8;

/// 0 for what is no operator between operands.
int level_of(TokenType type) {
  switch (type) {
    case Tok::OR: return kOr;
    case Tok::AND: return kAnd;
    case Tok::EQ:
    case Tok::NE:
    case Tok::LT:
    case Tok::LE:
    case Tok::GT:
    case Tok::GE:
    case Tok::IN: return kCompare;
    case Tok::COALESCE: return kCoalesce;
    case Tok::PLUS:
    case Tok::MINUS: return kAdd;
    case Tok::STAR:
    case Tok::SLASH:
    case Tok::PERCENT: return kMultiply;
    default: return 0;
  }
}

}  // namespace

Node* TreeBuilder::expr(int level) {
  Level depth(*this);
  uint32_t begin = at_;
  Node* left = operand();
  for (;;) {
    int here = level_of(type());
    if (here == 0 || here < level || (is(Tok::GT) && is(Tok::GT, 1))) return left;
    Parts parts(*this);
    parts.begin_at(begin);
    parts.add(left);
    size_t operators = 0;
    while (level_of(type()) == here && !(is(Tok::GT) && is(Tok::GT, 1))) {
      if (here == kCompare && ++operators > 1) misfit();
      bool greater = is(Tok::GT);
      parts.add(take());
      if (greater) skip_newline();
      parts.add(expr(here + 1));
    }
    left = parts.node(Kind::Operators);
  }
}

Node* TreeBuilder::operand() {
  uint32_t begin = at_;
  if (is(Tok::MINUS)) return prefix(false, kNegate);
  if (is(Tok::NOT)) return prefix(true, kNot);
  if (begins_lambda()) return lambda();
  return postfix(primary(), begin);
}

Node* TreeBuilder::prefix(bool space, int level) {
  Parts parts(*this);
  return parts.add(take()).add(expr(level), space).row();
}

bool TreeBuilder::begins_lambda() const {
  if (is(Tok::NAME)) return is(Tok::FAT_ARROW, 1);
  return is(Tok::LPAREN) && tokens_->type(tokens_->closing(at_) + 1) == Tok::FAT_ARROW;
}

Node* TreeBuilder::lambda() {
  Parts parts(*this);
  if (is(Tok::NAME)) {
    parts.add(take());
  } else {
    Node* names = list(Tok::LPAREN, Tok::RPAREN, [this] { return take(Tok::NAME); });
    names->trailing = true;
    parts.add(names);
  }
  parts.add(take(Tok::FAT_ARROW));
  Node* body = expr();
  Node* made = parts.add(body).row();
  made->hugs = body->hugs;
  return made;
}

Node* TreeBuilder::paren() {
  Node* made = list(Tok::LPAREN, Tok::RPAREN, [this] { return expr(); });
  bool one = made->parts.size() == 1 && made->parts[0].node->end + 1 == made->end;
  if (!one) misfit();
  return made;
}

Node* TreeBuilder::primary() {
  switch (type()) {
    case Tok::INT:
    case Tok::FLOAT:
    case Tok::DURATION:
    case Tok::TRUE:
    case Tok::FALSE:
    case Tok::NONE:
    case Tok::NAME: return take();
    case Tok::UNAME: return named_record();
    case Tok::LPAREN: return paren();
    case Tok::LBRACK: {
      Node* made = list(Tok::LBRACK, Tok::RBRACK, [this] { return expr(); });
      made->trailing = true;
      made->hugs = !made->parts.empty();
      return made;
    }
    case Tok::IF: return if_expr();
    case Tok::MATCH: return match_expr();
    case Tok::LBRACE: return block();
    default: return text();
  }
}

Node* TreeBuilder::text() {
  if (!begins_text()) misfit();
  uint32_t begin = at_++;
  if (tokens_->type(begin) == Tok::RAW_STR) return maker_.text(begin, at_);
  while (at_ != tokens_->closing(begin)) {
    if (!is(Tok::INTERP_OPEN)) {
      if (!is(Tok::STR_TEXT) && !is(Tok::STR_ESCAPE)) misfit();
      ++at_;
      continue;
    }
    ++at_;
    bool outer = std::exchange(before_body_, false);
    expr();
    before_body_ = outer;
    if (!is(Tok::INTERP_CLOSE)) misfit();
    ++at_;
  }
  ++at_;
  return maker_.text(begin, at_);
}

/// Before a body, `X {` is a record where more of the condition or the body follows it.
bool TreeBuilder::begins_record() const {
  if (!is(Tok::LBRACE)) return false;
  if (!before_body_) return true;
  TokenType behind = tokens_->type(tokens_->closing(at_) + 1);
  return behind == Tok::LBRACE || behind == Tok::DOT || behind == Tok::OPT_DOT ||
         behind == Tok::LBRACK || behind == Tok::QUESTION || level_of(behind) > 0;
}

Node* TreeBuilder::named_record() {
  Parts parts(*this);
  parts.add(take());
  if (!begins_record()) return parts.row();
  parts.add(record_body());
  Node* made = parts.row();
  made->hugs = true;
  return made;
}

Node* TreeBuilder::record_body() {
  Node* made = list(Tok::LBRACE, Tok::RBRACE, [this] { return record_entry(); });
  made->padded = made->trailing = true;
  chose_lines(*made);
  return made;
}

Node* TreeBuilder::record_entry() {
  Parts parts(*this);
  if (is(Tok::ELLIPSIS)) return parts.add(take()).add(expr(), false).row();
  parts.add(begins_text() ? text() : take_word());
  parts.add(take(Tok::COLON), false);
  Node* value = expr();
  Node* made = parts.add(value).row();
  made->hugs = value->hugs;
  return made;
}

/// Whether a method call is next, `.name(…)`.
bool TreeBuilder::begins_method() const {
  return (is(Tok::DOT) || is(Tok::OPT_DOT)) && is_word(1) && !is(Tok::UNAME, 1) &&
         is(Tok::LPAREN, 2);
}

/// A value with the fields, indexes and calls behind it, as far as its first method.
Node* TreeBuilder::postfix(Node* base, uint32_t begin) {
  if (!is(Tok::DOT) && !is(Tok::OPT_DOT) && !is(Tok::LPAREN) && !is(Tok::LBRACK) &&
      !is(Tok::QUESTION))
    return base;
  Parts first(*this);
  first.begin_at(begin);
  first.add(base);
  bool record = accesses(first);
  Node* value = first.row();
  value->hugs |= record;
  if (!begins_method()) return value;
  Parts parts(*this);
  parts.begin_at(begin);
  parts.add(value);
  while (begins_method()) parts.add(method(), false);
  return parts.node(Kind::Dots);
}

Node* TreeBuilder::method() {
  Parts parts(*this);
  parts.add(take()).add(take(), false).add(arguments(), false);
  accesses(parts);
  return parts.row();
}

/// Fields, indexes and calls up to the next method; whether they end in a record.
bool TreeBuilder::accesses(Parts& parts) {
  while (!begins_method()) {
    if (is(Tok::LPAREN)) {
      parts.add(arguments(), false);
    } else if (is(Tok::LBRACK) || (is(Tok::QUESTION) && is(Tok::LBRACK, 1))) {
      parts.add(subscript(), false);
    } else if (is(Tok::DOT) && is(Tok::UNAME, 1)) {
      parts.add(take(), false).add(take(), false);
      if (!begins_record()) continue;
      parts.add(record_body());
      return true;
    } else if ((is(Tok::DOT) || is(Tok::OPT_DOT)) && is_word(1) && !is(Tok::UNAME, 1)) {
      parts.add(take(), false).add(take(), false);
    } else {
      return false;
    }
  }
  return false;
}

Node* TreeBuilder::arguments() {
  Node* made = list(Tok::LPAREN, Tok::RPAREN, [this] { return argument(); });
  made->trailing = true;
  return made;
}

Node* TreeBuilder::argument() {
  if (!is_word() || !is(Tok::COLON, 1)) return value_or_type();
  Parts parts(*this);
  parts.add(take()).add(take(), false);
  Node* value = value_or_type();
  Node* made = parts.add(value).row();
  made->hugs = value->hugs;
  return made;
}

Node* TreeBuilder::subscript() {
  Parts parts(*this);
  if (is(Tok::QUESTION)) parts.add(take());
  parts.add(take(Tok::LBRACK), false);
  bool outer = std::exchange(before_body_, false);
  bool range = is(Tok::COLON);
  if (!range) parts.add(expr(), false);
  if (is(Tok::COLON)) {
    parts.add(take(), false);
    if (!is(Tok::RBRACK)) parts.add(expr(), false);
  }
  before_body_ = outer;
  return parts.add(take(Tok::RBRACK), false).row();
}

/// An expression with a body behind it.
Node* TreeBuilder::condition() {
  bool outer = std::exchange(before_body_, true);
  Node* made = expr();
  before_body_ = outer;
  return made;
}

Node* TreeBuilder::if_expr() {
  Parts parts(*this);
  parts.add(take()).add(condition()).add(block());
  while (is(Tok::ELSE)) {
    parts.add(take());
    if (!is(Tok::IF)) {
      parts.add(block());
      break;
    }
    parts.add(take()).add(condition()).add(block());
  }
  Node* made = parts.row(Kind::If);
  made->hugs = true;
  return made;
}

Node* TreeBuilder::match_expr() {
  Parts parts(*this);
  parts.add(take()).add(condition());
  Node* made = parts.add(arms()).row();
  made->hugs = true;
  return made;
}

/// One separator stands between two arms, and a comma may stand behind the last.
Node* TreeBuilder::arms() {
  Parts parts(*this);
  take(Tok::LBRACE);
  bool outer = std::exchange(before_body_, false);
  while (!is(Tok::RBRACE)) {
    parts.add(arm(), false);
    if (!is(Tok::COMMA) && !is(Tok::NL)) break;
    ++at_;
  }
  before_body_ = outer;
  take(Tok::RBRACE);
  Node* made = parts.node(Kind::Braces);
  made->separator = Separator::Comma;
  chose_lines(*made);
  return made;
}

Node* TreeBuilder::arm() {
  Parts parts(*this);
  Node* first = pattern();
  uint32_t begin = first->begin;
  if (is(Tok::BAR)) {
    Parts patterns(*this);
    patterns.begin_at(begin);
    patterns.add(first);
    while (is(Tok::BAR)) {
      patterns.add(take());
      patterns.add(pattern());
    }
    first = patterns.row(Kind::Operators);
  }
  parts.add(first);
  parts.add(take(Tok::FAT_ARROW));
  return parts.add(statement()).row();
}

Node* TreeBuilder::pattern() {
  if (begins_text()) return text();
  Parts parts(*this);
  switch (type()) {
    case Tok::MINUS: return parts.add(take()).add(take(Tok::INT), false).row();
    case Tok::INT:
    case Tok::TRUE:
    case Tok::FALSE:
    case Tok::NONE:
    case Tok::UNDERSCORE: return take();
    case Tok::NAME: break;
    case Tok::UNAME: {
      parts.add(take());
      if (is_word()) parts.add(take());
      return parts.row();
    }
    default: misfit();
  }
  if (is(Tok::DOT, 1)) {
    parts.add(take()).add(take(), false).add(take(Tok::UNAME), false);
  } else {
    if (!is_name("call")) misfit();
    parts.add(take()).add(take(Tok::NAME));
  }
  if (is_word()) parts.add(take());
  return parts.row();
}

}  // namespace pflow::format
