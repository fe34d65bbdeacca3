#include "frontend/format/printer.h"

namespace pflow::format {

/// The comma behind a part; behind the last one it is there or not as the layout wants it.
void Printer::part_of_list(const Node& node, size_t index, bool trailing) {
  uint32_t comma = node.parts[index].node->end;
  bool last = index + 1 == node.parts.size();
  bool written = tokens_->type(comma) == Tok::COMMA;
  if (!last || (written && (trailing || writer_.comment_before(comma))))
    writer_.tokens(comma, comma + 1);
  else if (written)
    writer_.drop(comma);
  else if (trailing)
    writer_.add(",");
  // Between entries the grammar takes commas without an entry.
  for (++comma; written && tokens_->type(comma) == Tok::COMMA; ++comma) {
    if (writer_.comment_before(comma))
      writer_.tokens(comma, comma + 1);
    else
      writer_.drop(comma);
  }
}

void Printer::list_on_one_line(const Node& node) {
  bool pad = node.padded && !node.parts.empty();
  writer_.tokens(node.begin, node.begin + 1);
  for (size_t i = 0; i < node.parts.size(); ++i) {
    if (pad || i > 0) writer_.space();
    on_one_line(*node.parts[i].node);
    part_of_list(node, i, false);
  }
  if (pad) writer_.space();
  writer_.tokens(node.end - 1, node.end);
}

/// Whether all but the last part stand on the line of the opening bracket, and the last one
/// opens there.
bool Printer::list_hugs(const Node& node) const {
  if (node.broken || node.parts.empty()) return false;
  const Node& last = *node.parts.back().node;
  bool single = node.parts.size() == 1 && last.kind != Kind::If;
  if (!last.hugs || (!single && !breaks_below(last, 1))) return false;
  if (tokens_->comments(node.begin + 1, last.begin + 1) > 0) return false;
  if (tokens_->comments(last.end, node.end) > 0) return false;
  uint32_t column = writer_.column() + 1;
  for (const Part& part : node.parts.first(node.parts.size() - 1)) {
    if (part.node->forced || part.node->flat.lines) return false;
    column += part.node->flat.first + 2;
  }
  return column + last.lead <= kLineWidth;
}

void Printer::hug(const Node& node, uint32_t tail) {
  writer_.tokens(node.begin, node.begin + 1);
  for (size_t i = 0; i < node.parts.size(); ++i) {
    if (i > 0) writer_.space();
    print(*node.parts[i].node, i + 1 == node.parts.size() ? tail + 1 : 0);
    part_of_list(node, i, false);
  }
  writer_.tokens(node.end - 1, node.end);
}

void Printer::list(const Node& node, uint32_t tail) {
  if (!node.padded && list_hugs(node)) return hug(node, tail);
  writer_.tokens(node.begin, node.begin + 1);
  {
    Writer::Indent indent(writer_, kIndent);
    for (size_t i = 0; i < node.parts.size(); ++i) {
      writer_.begin_part(node.parts[i].node->begin, i == 0);
      print(*node.parts[i].node, 1);
      part_of_list(node, i, node.trailing);
    }
    writer_.end_parts(node.end - 1);
  }
  writer_.tokens(node.end - 1, node.end);
}

void Printer::entries(const Node& node, bool trailing) {
  for (size_t i = 0; i < node.parts.size(); ++i) {
    if (i > 0) writer_.begin_part(node.parts[i].node->begin, false);
    print(*node.parts[i].node, 1);
    part_of_list(node, i, trailing);
  }
}

/// The tokens between two parts on lines: a `;` goes, but not one before a `-`, with which no
/// line may begin a statement, nor one behind a comment, which has its own line then. At the start
/// of a file a `;` before comments keeps these from documenting the file.
void Printer::separators(uint32_t from, uint32_t to, bool next) {
  bool minus = next && tokens_->type(to) == Tok::MINUS;
  for (uint32_t i = from; i < to; ++i) {
    bool sign = tokens_->type(i) == Tok::SEMI || tokens_->type(i) == Tok::COMMA;
    bool arm = tokens_->type(to + 2) == Tok::FAT_ARROW || tokens_->type(to + 2) == Tok::BAR;
    bool comment = sign && writer_.comment_before(i);
    bool first = sign && from == 0 && tokens_->comments(i + 1, to + 1) > 0;
    if (comment || first) writer_.begin_part(i, i == 0);
    if (comment || first || (sign && minus && !arm))
      writer_.tokens(i, i + 1);
    else
      writer_.drop(i);
  }
}

void Printer::braces_on_one_line(const Node& node) {
  writer_.tokens(node.begin, node.begin + 1);
  uint32_t at = node.begin + 1;
  for (const Part& part : node.parts) {
    for (; at < part.node->begin; ++at) writer_.drop(at);
    if (&part != node.parts.data()) writer_.add(node.separator == Separator::Comma ? "," : ";");
    writer_.space();
    on_one_line(*part.node);
    at = part.node->end;
  }
  for (; at + 1 < node.end; ++at) writer_.drop(at);
  if (!node.parts.empty()) writer_.space();
  writer_.tokens(at, at + 1);
}

void Printer::braces(const Node& node) {
  writer_.tokens(node.begin, node.begin + 1);
  {
    Writer::Indent indent(writer_, kIndent);
    uint32_t at = node.begin + 1;
    for (const Part& part : node.parts) {
      separators(at, part.node->begin, true);
      writer_.begin_part(part.node->begin, &part == node.parts.data());
      if (part.node->kind == Kind::Entries)
        entries(*part.node, true);
      else
        print(*part.node, 0);
      at = part.node->end;
    }
    separators(at, node.end - 1, false);
    writer_.end_parts(node.end - 1);
  }
  writer_.tokens(node.end - 1, node.end);
}

}  // namespace pflow::format
