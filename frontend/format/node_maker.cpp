#include "frontend/format/node_maker.h"

#include <algorithm>

#include "support/display_width.h"

namespace pflow::format {

namespace {

void append(Width& to, const Width& more) {
  if (!to.lines) to.first += more.first;
  to.last = more.lines ? more.last : to.last + more.last;
  to.lines |= more.lines;
}

void append(Width& to, uint32_t columns) { append(to, Width{columns, columns, false}); }

Width width_of(std::string_view text) {
  size_t newline = text.find('\n');
  if (newline == std::string_view::npos) {
    uint32_t all = columns(text);
    return {all, all, false};
  }
  return {columns(text.substr(0, newline)), columns(text.substr(text.rfind('\n') + 1)), true};
}

bool in_brackets(Kind kind) { return kind == Kind::List || kind == Kind::Braces; }

}  // namespace

uint32_t columns(std::string_view text) {
  bool plain = std::ranges::all_of(text, [](char c) { return c >= 0x20 && c < 0x7F; });
  return static_cast<uint32_t>(plain ? text.size() : display_width(text));
}

Node* NodeMaker::text(uint32_t begin, uint32_t end) {
  auto* made = arena_->make<Node>();
  made->begin = begin;
  made->end = end;
  made->flat = width_of(tokens_->text(begin, end));
  made->lead = made->flat.first;
  made->trail = made->flat.last;
  return made;
}

Node* NodeMaker::make(Kind kind, const std::vector<Part>& parts, size_t from, uint32_t begin,
                      uint32_t end) {
  auto* made = arena_->make<Node>();
  made->kind = kind;
  made->begin = begin;
  made->end = end;
  made->parts = arena_->copy(std::span<const Part>(parts).subspan(from));
  measure(*made);
  return made;
}

void NodeMaker::measure(Node& node) const {
  node.forced |= node.broken || tokens_->comments(node.begin + 1, node.end) > 0;
  for (const Part& part : node.parts) node.forced |= part.node->forced;
  node.flat = {};
  if (in_brackets(node.kind))
    measure_brackets(node);
  else
    measure_row(node);
  measure_ends(node);
}

void NodeMaker::measure_brackets(Node& node) const {
  append(node.flat, 1);
  bool pad = !node.parts.empty() && (node.padded || node.kind == Kind::Braces);
  if (pad) append(node.flat, 1);
  for (const Part& part : node.parts) {
    if (&part != node.parts.data()) append(node.flat, 2);
    append(node.flat, part.node->flat);
  }
  append(node.flat, pad ? 2 : 1);
  node.may_break = !node.parts.empty() || node.forced;
}

void NodeMaker::measure_row(Node& node) const {
  for (const Part& part : node.parts) {
    if (node.kind == Kind::Entries && &part != node.parts.data()) append(node.flat, 2);
    if (part.space) append(node.flat, 1);
    append(node.flat, part.node->flat);
    node.may_break |= part.node->may_break;
  }
  switch (node.kind) {
    case Kind::Entries:
    case Kind::Chain:
    case Kind::Dots:
    case Kind::Operators:
    case Kind::Assign: node.may_break = true; break;
    case Kind::Text:
    case Kind::Row:
    case Kind::If:
    case Kind::Stage:
    case Kind::List:
    case Kind::Braces: break;
  }
}

/// What stands before the first place and behind the last where a line can end.
void NodeMaker::measure_ends(Node& node) const {
  node.lead = 0;
  node.trail = 0;
  if (in_brackets(node.kind) && node.may_break) {
    node.lead = node.trail = 1;
    return;
  }
  if (in_brackets(node.kind)) {
    node.lead = node.trail = node.flat.first;
    return;
  }
  for (const Part& part : node.parts) {
    node.lead += (part.space ? 1 : 0) + part.node->lead;
    if (part.node->may_break || part.node->flat.lines) break;
  }
  for (size_t i = node.parts.size(); i > 0; --i) {
    const Part& part = node.parts[i - 1];
    node.trail += part.node->trail;
    if (part.node->may_break || part.node->flat.lines) break;
    node.trail += part.space ? 1 : 0;
  }
}

}  // namespace pflow::format
