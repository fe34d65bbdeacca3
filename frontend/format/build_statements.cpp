#include "frontend/format/tree_builder.h"

namespace pflow::format {

Node* TreeBuilder::Parts::node(Kind kind) {
  return builder_->maker_.make(kind, builder_->parts_, from_, begin_, builder_->at_);
}

Node* TreeBuilder::Parts::row(Kind kind) {
  if (size() == 1) return const_cast<Node*>((*this)[0].node);
  return node(kind);
}

bool TreeBuilder::is_word(size_t ahead) const {
  TokenType found = type(ahead);
  return found == Tok::NAME || found == Tok::UNAME || (found >= Tok::FLOW && found <= Tok::ASSERT);
}

bool TreeBuilder::is_name(std::string_view text) const {
  return is(Tok::NAME) && tokens_->text(at_) == text;
}

bool TreeBuilder::begins_text(size_t ahead) const {
  TokenType found = type(ahead);
  return found == Tok::STR_OPEN || found == Tok::BLOCK_OPEN || found == Tok::RAW_STR ||
         found == Tok::RAW_BLOCK_OPEN;
}

/// Braces whose parts the author has put on several lines stay so.
void TreeBuilder::chose_lines(Node& brackets) const {
  uint32_t before = brackets.begin;
  for (const Part& part : brackets.parts) {
    bool first = before == brackets.begin;
    bool counts = first || brackets.kind == Kind::Braces;
    brackets.broken |= counts && tokens_->newline_between(before, part.node->begin);
    before = part.node->end - 1;
  }
  maker_.measure(brackets);
}

Node* TreeBuilder::block() {
  Node* made = braces([this] { return statement(); },
                      [](TokenType type) { return type == Tok::NL || type == Tok::SEMI; });
  for (const Part& part : made->parts)
    if (part.node->kind == Kind::Entries && made->parts.size() > 1) misfit();
  made->hugs = !made->parts.empty();
  return made;
}

/// What a `=` ends, and its value.
Node* TreeBuilder::assign(Node* head, Node* value, uint32_t begin) {
  Parts parts(*this);
  parts.begin_at(begin);
  return parts.add(head, false).add(value).node(Kind::Assign);
}

Node* TreeBuilder::statement() {
  Level level(*this);
  switch (type()) {
    case Tok::LET: return let();
    case Tok::RETURN: {
      Parts parts(*this);
      return parts.add(take()).add(expr()).row();
    }
    case Tok::NAME: return is(Tok::TO_ACTION, 1) ? transition() : stage_or_more();
    case Tok::ON_ERROR: {
      Parts parts(*this);
      return parts.add(take()).add(take(Tok::NAME)).add(block()).row();
    }
    case Tok::ASSERT: return assertion();
    case Tok::STUB: return stub();
    case Tok::CASSETTE: {
      Parts parts(*this);
      return parts.add(take()).add(text()).add(block()).row();
    }
    case Tok::ELLIPSIS: return entries(record_entry());
    default: return stage_or_more();
  }
}

Node* TreeBuilder::let() {
  uint32_t begin = at_;
  Parts parts(*this);
  parts.add(take()).add(take_word());
  if (is(Tok::COLON)) parts.add(take(), false).add(type_expr());
  parts.add(take(Tok::ASSIGN));
  Node* head = parts.row();
  return assign(head, expr(), begin);
}

Node* TreeBuilder::transition_head() {
  Parts parts(*this);
  parts.add(take()).add(take());
  return parts.add(is(Tok::UNDERSCORE) ? take() : text()).row();
}

Node* TreeBuilder::transition() {
  Parts parts(*this);
  parts.add(transition_head());
  if (!is(Tok::GT)) misfit();
  return chain(parts, true);
}

Node* TreeBuilder::assertion() {
  Parts parts(*this);
  parts.add(take()).add(expr());
  if (is(Tok::COMMA)) parts.add(take(), false).add(expr());
  return parts.row();
}

Node* TreeBuilder::stub() {
  uint32_t begin = at_;
  Parts parts(*this);
  parts.add(take());
  parts.add(take(Tok::NAME));
  if (is(Tok::DOT)) parts.add(take(), false).add(take(Tok::NAME), false);
  parts.add(take(Tok::ASSIGN));
  Node* head = parts.row();
  return assign(head, expr(), begin);
}

/// What stands alone in the braces of a map or a record, from its first entry on.
Node* TreeBuilder::entries(Node* first) {
  Parts parts(*this);
  parts.begin_at(first->begin);
  parts.add(first);
  while (is(Tok::COMMA)) {
    ++at_;
    if (is(Tok::ELLIPSIS) || is_word() || begins_text()) parts.add(record_entry(), false);
  }
  return parts.node(Kind::Entries);
}

Node* TreeBuilder::stage_or_more() {
  uint32_t begin = at_;
  Node* first = stage();
  Parts parts(*this);
  parts.begin_at(begin);
  parts.add(first);
  if (is(Tok::ASSIGN)) {
    bool key = first->kind == Kind::Text && tokens_->type(begin) == Tok::NAME;
    if (!key) misfit();
    parts.add(take());
    Node* head = parts.row();
    return assign(head, expr(), begin);
  }
  if (is(Tok::COLON)) {
    bool key =
        first->kind == Kind::Text && (tokens_->type(begin) == Tok::NAME || first->end > begin + 1 ||
                                      tokens_->type(begin) == Tok::RAW_STR);
    if (!key) misfit();
    parts.add(take(), false).add(expr());
    return entries(parts.row());
  }
  return is(Tok::GT) ? chain(parts, false) : first;
}

/// `>>` and stages behind the first part, which is a stage or the head of a transition.
Node* TreeBuilder::chain(Parts& parts, bool headed) {
  while (is(Tok::GT)) {
    bool whole = is(Tok::GT, 1) && tokens_->end(at_) == tokens_->begin(at_ + 1);
    if (!whole) misfit();
    at_ += 2;
    parts.add(maker_.text(at_ - 2, at_));
    skip_newline();
    parts.add(stage());
  }
  Node* made = parts.node(Kind::Chain);
  made->headed = headed;
  size_t first = headed ? 3 : 1;
  if (first < made->parts.size())
    made->broken = tokens_->newline_before(made->parts[first].node->begin);
  // A comment beside a `>>` needs the end of a line there.
  for (const Part& part : made->parts.subspan(1))
    made->broken |= tokens_->comments(part.node->begin, part.node->begin + 1) > 0;
  maker_.measure(*made);
  return made;
}

Node* TreeBuilder::stage() {
  Parts parts(*this);
  TokenType first = type();
  parts.add(stage_form());
  suffixes(parts, first == Tok::IF || first == Tok::MATCH || first == Tok::EACH ||
                      first == Tok::PAR || first == Tok::REPEAT);
  return parts.row(Kind::Stage);
}

Node* TreeBuilder::stage_form() {
  Parts parts(*this);
  switch (type()) {
    case Tok::END:
    case Tok::BREAK:
    case Tok::CONTINUE: return take();
    case Tok::EACH:
      parts.add(take()).add(take_word());
      if (is(Tok::WITH)) parts.add(policies());
      return parts.add(block()).row();
    case Tok::PAR:
      parts.add(take());
      if (is(Tok::WITH)) parts.add(policies());
      return parts.add(block()).row();
    case Tok::REPEAT: {
      parts.add(take());
      if (is_word() && is(Tok::IN, 1)) parts.add(take()).add(take()).add(condition());
      if (is(Tok::WITH)) parts.add(policies());
      parts.add(block());
      if (is(Tok::UNTIL)) parts.add(take()).add(expr());
      return parts.row();
    }
    default: return expr();
  }
}

/// `with`, `->` and `as`, in this order, each once.
void TreeBuilder::suffixes(Parts& parts, bool branch) {
  if (is(Tok::WITH)) {
    if (branch) misfit();
    parts.add(policies());
  }
  if (is(Tok::ARROW)) parts.add(arrow());
  if (is(Tok::AS)) parts.add(label());
}

Node* TreeBuilder::label() {
  Parts parts(*this);
  return parts.add(take()).add(take_word()).row();
}

Node* TreeBuilder::arrow() {
  Parts parts(*this);
  parts.add(take());
  if (!is(Tok::LBRACE)) return parts.add(take_word()).row();
  Node* bindings = list(Tok::LBRACE, Tok::RBRACE, [this] {
    Parts binding(*this);
    return binding.add(take_word()).add(take(Tok::COLON), false).add(take_word()).row();
  });
  bindings->padded = bindings->trailing = true;
  maker_.measure(*bindings);
  return parts.add(bindings).row();
}

Node* TreeBuilder::policies() {
  Parts parts(*this);
  parts.add(take(Tok::WITH));
  Node* entries = list(Tok::LPAREN, Tok::RPAREN, [this] {
    Parts policy(*this);
    return policy.add(take_word()).add(take(Tok::COLON), false).add(expr()).row();
  });
  entries->trailing = true;
  return parts.add(entries).row();
}

}  // namespace pflow::format
