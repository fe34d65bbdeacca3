#include "frontend/format/printer.h"

#include <algorithm>

namespace pflow::format {

void Printer::item(const Node& item) {
  separators(items_, item.begin, true);
  writer_.begin_part(item.begin, items_ == 0);
  print(item, 0);
  items_ = item.end;
}

std::string Printer::take() {
  auto end = static_cast<uint32_t>(tokens_->size() - 1);
  separators(items_, end, false);
  writer_.end_parts(end);
  return writer_.take();
}

bool Printer::fits(const Width& width, uint32_t tail) const {
  uint32_t first = writer_.column() + width.first;
  if (width.lines) return first <= kLineWidth && width.last + tail <= kLineWidth;
  return first + tail <= kLineWidth;
}

bool Printer::fits(const Node& node, uint32_t tail) const { return fits(node.flat, tail); }

bool Printer::breaks_below(const Node& node, uint32_t tail) const {
  if (node.forced) return true;
  uint32_t width = writer_.indent() + kIndent + node.flat.first;
  return node.may_break && !node.flat.lines && width + tail > kLineWidth;
}

void Printer::print(const Node& node, uint32_t tail) {
  if (!node.may_break && node.kind == Kind::Text) return writer_.tokens(node.begin, node.end);
  if (!node.forced && (!node.may_break || fits(node, tail))) return on_one_line(node);
  on_lines(node, tail);
}

void Printer::on_one_line(const Node& node) {
  switch (node.kind) {
    case Kind::Text: return writer_.tokens(node.begin, node.end);
    case Kind::List: return list_on_one_line(node);
    case Kind::Entries:
      for (size_t i = 0; i < node.parts.size(); ++i) {
        if (i > 0) writer_.space();
        on_one_line(*node.parts[i].node);
        part_of_list(node, i, false);
      }
      return;
    case Kind::Braces: return braces_on_one_line(node);
    case Kind::Row:
    case Kind::If:
    case Kind::Stage:
    case Kind::Chain:
    case Kind::Dots:
    case Kind::Operators:
    case Kind::Assign:
      for (const Part& part : node.parts) {
        if (part.space) writer_.space();
        on_one_line(*part.node);
      }
      return;
  }
}

void Printer::on_lines(const Node& node, uint32_t tail) {
  switch (node.kind) {
    case Kind::Text: return writer_.tokens(node.begin, node.end);
    case Kind::Row: return row(node, tail);
    case Kind::If:
      for (size_t i = 0; i < node.parts.size(); ++i) {
        const Node& each = *node.parts[i].node;
        if (each.kind != Kind::Braces || !each.may_break) {
          part(node, i, tail);
          continue;
        }
        writer_.space();
        braces(each);
      }
      return;
    case Kind::Stage: return stage(node, tail);
    case Kind::List: return list(node, tail);
    case Kind::Entries: return entries(node, false);
    case Kind::Braces: return braces(node);
    case Kind::Chain: return chain(node, tail);
    case Kind::Dots: return dots(node, tail);
    case Kind::Operators: return operators(node, tail);
    case Kind::Assign: return assign(node, tail);
  }
}

uint32_t Printer::tail_behind(const Node& node, size_t index, uint32_t tail) {
  uint32_t columns = 0;
  for (size_t i = index + 1; i < node.parts.size(); ++i) {
    const Part& part = node.parts[i];
    columns += (part.space ? 1 : 0) + part.node->lead;
    if (part.node->may_break || part.node->flat.lines) return columns;
  }
  return columns + tail;
}

void Printer::part(const Node& node, size_t index, uint32_t tail) {
  if (node.parts[index].space) writer_.space();
  print(*node.parts[index].node, tail_behind(node, index, tail));
}

void Printer::row(const Node& node, uint32_t tail) {
  for (size_t i = 0; i < node.parts.size(); ++i) part(node, i, tail);
}

/// Where something would have to be broken for the sake of `-> key as label`, these stand on a
/// line of their own.
void Printer::stage(const Node& node, uint32_t tail) {
  size_t suffix = tokens_->type(node.parts[1].node->begin) == Tok::WITH ? 2 : 1;
  if (suffix == node.parts.size()) return row(node, tail);
  Width before;
  bool stays = true;
  for (size_t i = 0; i < suffix; ++i) {
    const Node& each = *node.parts[i].node;
    stays &= !each.forced && !each.flat.lines;
    before.first += (i > 0 ? 1 : 0) + each.flat.first;
  }
  const Node& last = *node.parts[suffix - 1].node;
  bool body = tokens_->type(last.end - 1) == Tok::RBRACE;
  bool comment = tokens_->comments(last.end, node.end) > 0;
  if (!stays || body || comment || !fits(before, 0) ||
      fits(before, tail_behind(node, suffix - 1, tail)))
    return row(node, tail);
  for (size_t i = 0; i < suffix; ++i) {
    if (i > 0) writer_.space();
    on_one_line(*node.parts[i].node);
  }
  writer_.newline();
  Writer::Indent indent(writer_, kIndent);
  for (size_t i = suffix; i < node.parts.size(); ++i) part(node, i, tail);
}

void Printer::assign(const Node& node, uint32_t tail) {
  const Node& head = *node.parts[0].node;
  const Node& value = *node.parts[1].node;
  print(head, 0);
  bool operation = value.kind == Kind::Operators || value.kind == Kind::If;
  bool chained = value.kind == Kind::Dots;
  uint32_t indented = writer_.indent() + kIndent;
  bool fits_below = !value.forced && indented + value.flat.first + tail <= kLineWidth;
  bool below = node.declares ? operation || chained || fits_below
                             : !value.forced && (operation || !value.may_break) && fits_below;
  if (value.kind == Kind::Text && value.flat.lines) below = false;
  // `value` may still fit on the line of the head.
  writer_.space();
  if (!value.forced && fits(value, tail)) return on_one_line(value);
  if (!below) return print(value, tail);
  writer_.newline();
  Writer::Indent indent(writer_, kIndent);
  print(value, tail);
}

/// Lines end behind operators, since none may begin with `-`.
void Printer::operators(const Node& node, uint32_t tail) {
  size_t last = node.parts.size() - 1;
  bool only_last = true;
  for (size_t i = 0; i < last; ++i) only_last &= !node.parts[i].node->forced;
  const Node& end = *node.parts[last].node;
  uint32_t before = node.flat.first - end.flat.first;
  if (only_last && breaks_below(end, tail) && !node.flat.lines &&
      !tokens_->comments(node.begin + 1, end.begin + 1) &&
      writer_.column() + before + end.lead <= kLineWidth)
    return row(node, tail);
  print(*node.parts[0].node, 2);
  Writer::Indent indent(writer_, kIndent);
  for (size_t i = 1; i < node.parts.size(); i += 2) {
    writer_.space();
    print(*node.parts[i].node, 0);
    writer_.newline();
    bool ends = i + 1 == last;
    print(*node.parts[i + 1].node, ends ? tail : 4);
  }
}

/// The first method stays beside a value that is no call itself.
void Printer::dots(const Node& node, uint32_t tail) {
  bool call = tokens_->type(node.parts[0].node->end - 1) == Tok::RPAREN;
  size_t first = call ? 1 : 2;
  if (first >= node.parts.size()) return row(node, tail);
  size_t last = node.parts.size() - 1;
  bool only_last = true;
  uint32_t before = 0;
  for (size_t i = 0; i < last; ++i) {
    only_last &= !node.parts[i].node->forced && !node.parts[i].node->flat.lines;
    before += node.parts[i].node->flat.first;
  }
  const Node& end = *node.parts[last].node;
  bool comment = tokens_->comments(node.begin + 1, end.begin + 1) > 0;
  if (only_last && breaks_below(end, tail) && !comment &&
      writer_.column() + before + end.lead + 1 <= kLineWidth)
    return row(node, tail);
  for (size_t i = 0; i < first; ++i) print(*node.parts[i].node, 0);
  Writer::Indent indent(writer_, kIndent);
  for (size_t i = first; i <= last; ++i) {
    writer_.newline();
    print(*node.parts[i].node, i == last ? tail : 0);
  }
}

}  // namespace pflow::format
