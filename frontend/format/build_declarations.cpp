#include "frontend/format/tree_builder.h"

namespace pflow::format {

const Node* TreeBuilder::next_item() {
  while (is(Tok::NL) || is(Tok::SEMI)) ++at_;
  if (is(kEndOfFile)) return nullptr;
  const Node* made = item();
  if (!is(Tok::NL) && !is(Tok::SEMI) && !is(kEndOfFile)) misfit();
  return made;
}

const Node* TreeBuilder::item() {
  switch (type()) {
    case Tok::FLOW: return flow();
    case Tok::NODE: return node_decl();
    case Tok::IMPORT: return import();
    case Tok::SCHEMA: return schema();
    case Tok::EXTERN: return extern_node();
    case Tok::NAME: break;
    default: return statement();
  }
  if (is_name("test") && (is(Tok::STR_OPEN, 1) || is(Tok::RAW_STR, 1))) return test();
  if (is_name("edition") && is(Tok::INT, 1)) {
    Parts parts(*this);
    return parts.add(take()).add(take()).row();
  }
  if (is(Tok::EXTERN, 1)) return extern_node();
  if (is_name("durable") && is(Tok::FLOW, 1)) return flow();
  if ((is_name("type") || is_name("alias")) && (is(Tok::NAME, 1) || is(Tok::UNAME, 1)))
    return alias();
  return statement();
}

Node* TreeBuilder::import() {
  Parts parts(*this);
  parts.add(take());
  parts.add(begins_text() ? text() : take_word());
  if (is(Tok::AS)) parts.add(take()).add(take_word());
  return parts.row();
}

Node* TreeBuilder::test() {
  Parts parts(*this);
  return parts.add(take()).add(text()).add(block()).row();
}

Node* TreeBuilder::flow() {
  Parts parts(*this);
  if (is(Tok::NAME)) parts.add(take());
  parts.add(take()).add(take_word()).add(ports(), false);
  if (is(Tok::ARROW)) parts.add(take()).add(results(true));
  return parts.add(block()).row();
}

Node* TreeBuilder::node_decl() {
  uint32_t begin = at_;
  Parts parts(*this);
  parts.add(take()).add(take_word()).add(ports(), false);
  if (is(Tok::ARROW)) parts.add(take()).add(results(false));
  if (!is(Tok::ASSIGN) && !is(Tok::BY)) return parts.add(block()).row();
  const bool foreign = is(Tok::BY);
  if (!foreign) parts.add(take());
  Node* head = parts.row();
  Node* made = assign(head, foreign ? this->foreign() : expr(), begin);
  made->declares = true;
  return made;
}

/// `by exec("python3", "embed.py", processes: 2)` and what stands behind it.
Node* TreeBuilder::foreign() {
  Parts parts(*this);
  parts.add(take()).add(take_word());
  Node* arguments = list(Tok::LPAREN, Tok::RPAREN, [this] {
    if (begins_text()) return text();
    Parts option(*this);
    option.add(take_word()).add(take(Tok::COLON), false);
    return option.add(is(Tok::DURATION) ? take() : take(Tok::INT)).row();
  });
  arguments->trailing = true;
  parts.add(arguments, false);
  while (is(Tok::NAME)) parts.add(attribute());
  return parts.row();
}

Node* TreeBuilder::type_params() {
  Parts parts(*this);
  parts.add(take(Tok::LT)).add(take_word(), false);
  while (is(Tok::COMMA)) parts.add(take(), false).add(take_word());
  return parts.add(take(Tok::GT), false).row();
}

Node* TreeBuilder::extern_node() {
  Parts parts(*this);
  if (is_name("pure")) parts.add(take());
  parts.add(take(Tok::EXTERN)).add(take(Tok::NODE)).add(take_word());
  if (is(Tok::LT)) parts.add(type_params(), false);
  parts.add(ports(), false);
  if (is(Tok::ARROW)) parts.add(take()).add(ports());
  while (is(Tok::NAME)) parts.add(attribute());
  return parts.row();
}

Node* TreeBuilder::attribute() {
  Parts parts(*this);
  parts.add(take());
  if (!is(Tok::LPAREN)) return parts.row();
  Node* values = list(Tok::LPAREN, Tok::RPAREN, [this] {
    if (begins_text()) return text();
    if (is(Tok::INT)) return take();
    Parts effect(*this);
    effect.add(take_word());
    if (is(Tok::DOT)) effect.add(take(), false).add(take_word(), false);
    return effect.row();
  });
  values->trailing = true;
  return parts.add(values, false).row();
}

Node* TreeBuilder::schema() {
  Parts parts(*this);
  parts.add(take()).add(take_word());
  if (is(Tok::AS)) parts.add(take()).add(text());
  return parts
      .add(braces([this] { return field(); },
                  [](TokenType type) { return type == Tok::NL || type == Tok::SEMI; }))
      .row();
}

Node* TreeBuilder::field() {
  Parts parts(*this);
  parts.add(take_word()).add(take(Tok::COLON), false).add(type_expr());
  if (is(Tok::ASSIGN)) parts.add(take()).add(expr());
  if (is(Tok::AS)) parts.add(take()).add(text());
  return parts.row();
}

/// Of a type, or of a node.
Node* TreeBuilder::alias() {
  uint32_t begin = at_;
  const bool of_node = is_name("alias");
  Parts head(*this);
  head.add(take()).add(take()).add(take(Tok::ASSIGN));
  Node* name = head.row();
  Parts value(*this);
  value.add(of_node ? take_word() : type_expr());
  if (of_node && is(Tok::DOT)) value.add(take(), false).add(take_word(), false);
  if (is_name(of_node ? "deprecated" : "by")) value.add(take()).add(text());
  return assign(name, value.row(), begin);
}

Node* TreeBuilder::ports() {
  Node* made = list(Tok::LPAREN, Tok::RPAREN, [this] { return port(); });
  made->trailing = true;
  return made;
}

Node* TreeBuilder::port() {
  Parts parts(*this);
  if ((is(Tok::IN) || is(Tok::NAME)) && !is(Tok::COLON, 1)) parts.add(take());
  parts.add(take_word()).add(take(Tok::COLON), false);
  bool kind = is(Tok::NAME) && (is(Tok::NAME, 1) || is(Tok::UNAME, 1) || is(Tok::NODE, 1) ||
                                is(Tok::LBRACK, 1) || is(Tok::STR_OPEN, 1));
  if (kind) parts.add(take());
  parts.add(type_expr());
  if (is(Tok::ASSIGN)) parts.add(take()).add(value_or_type());
  return parts.row();
}

Node* TreeBuilder::flow_result() {
  Parts parts(*this);
  parts.add(take_word());
  if (is(Tok::COLON)) parts.add(take(), false).add(type_expr());
  return parts.row();
}

/// What stands behind the arrow of a flow or a node: a list of names, or a type.
Node* TreeBuilder::results(bool of_flow) {
  if (!is(Tok::LPAREN)) return type_expr();
  TokenType second = type(2);
  bool names = is(Tok::RPAREN, 1);
  if (is_word(1) && second == Tok::COLON) names = true;
  if (is_word(1) && of_flow) names |= second == Tok::COMMA || second == Tok::RPAREN;
  if (!of_flow && is_word(1) && is_word(2) && is(Tok::COLON, 3)) names = true;
  if (!names) return type_expr();
  if (!of_flow) return ports();
  Node* made = list(Tok::LPAREN, Tok::RPAREN, [this] { return flow_result(); });
  made->trailing = true;
  return made;
}

}  // namespace pflow::format
