#include <array>

#include "ir/ir.h"

namespace pflow::ir {

namespace {
constexpr std::array kOps = {
#define PFLOW_OP(name, text, operands, result, consumes, flags, fields) \
  OpInfo{text,                                                          \
         operands,                                                      \
         ResultKind::result,                                            \
         Consumes::consumes,                                            \
         static_cast<uint8_t>(flags),                                   \
         OpFields::fields},
#include "ir/ops.def"
};
}  // namespace

const OpInfo& op_info(Opcode opcode) { return kOps[static_cast<size_t>(opcode)]; }

std::vector<BlockId> successors(const Block& block) {
  std::vector<BlockId> found;
  auto add = [&found](BlockId id) {
    if (!id.valid()) return;
    for (BlockId known : found)
      if (known == id) return;
    found.push_back(id);
  };
  const Op& last = block.terminator();
  add(last.target);
  add(last.target_false);
  for (const Edge& edge : last.edges) add(edge.target);
  if (block.unwind.valid())
    for (const Op& op : block.ops)
      if (op.can_fail()) add(block.unwind);
  return found;
}

}  // namespace pflow::ir
