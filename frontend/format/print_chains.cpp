#include "frontend/format/printer.h"

namespace pflow::format {

namespace {

/// A stage on a line of its own stands behind `>> `, and what it holds is indented from there.
constexpr uint32_t kStageIndent = 3;

}  // namespace

/// Whether the chain can stand as one line but for the body of one stage, which was broken by
/// the author.
bool Printer::chain_hugs(const Node& node, uint32_t tail) const {
  if (node.broken) return false;
  uint32_t column = writer_.column();
  const Node* body = nullptr;
  for (const Part& part : node.parts) {
    const Node& each = *part.node;
    if (part.space) ++column;
    if (!each.forced) {
      if (each.flat.lines) return false;
      column += each.flat.first;
      continue;
    }
    if (body != nullptr || column + each.lead > kLineWidth) return false;
    body = &each;
    column = writer_.indent() + each.trail;
  }
  return body != nullptr && column + tail <= kLineWidth;
}

void Printer::chain(const Node& node, uint32_t tail) {
  if (chain_hugs(node, tail)) return row(node, tail);
  size_t last = node.parts.size() - 1;
  size_t first = node.headed ? 3 : 1;
  for (size_t i = 0; i < first; ++i) {
    uint32_t behind = first > last ? tail : 0;
    for (size_t k = i + 1; k < first; ++k) behind += 1 + node.parts[k].node->lead;
    if (i > 0) writer_.space();
    print(*node.parts[i].node, behind);
  }
  Writer::Indent indent(writer_, kIndent);
  for (size_t i = first; i < last; i += 2) {
    writer_.newline();
    print(*node.parts[i].node, 0);
    writer_.space();
    Writer::Indent stage(writer_, kStageIndent);
    print(*node.parts[i + 1].node, i + 1 == last ? tail : 0);
  }
}

}  // namespace pflow::format
