// Simplifies the graph of blocks. Needs nothing. Jumps lead past blocks that only
// jump, a block is joined with the only one that jumps to it when failures in
// both go the same way, a jump to a choice on a slot that was just set to a constant
// leads where the choice leads, blocks that nothing reaches are gone. Keeps the order.
#include <utility>

#include "ir/passes/passes.h"

namespace pflow::ir {

namespace {

template <typename F>
void for_each_target(Block& block, F&& visit) {
  Op& last = block.ops.back();
  if (last.target.valid()) visit(last.target);
  if (last.target_false.valid()) visit(last.target_false);
  for (Edge& edge : last.edges) visit(edge.target);
}

bool can_fail(const Block& block) {
  for (const Op& op : block.ops)
    if (op.can_fail()) return true;
  return false;
}

/// Where a jump to `start` really leads.
BlockId destination(const Function& function, BlockId start) {
  BlockId at = start;
  for (size_t hops = 0; hops < function.blocks.size(); ++hops) {
    const Block& block = function.blocks[at.index];
    if (block.ops.size() != 1 || block.terminator().opcode != Opcode::Jump) return at;
    at = block.terminator().target;
  }
  return start;  // a loop of jumps
}

void thread_jumps(Function& function) {
  std::vector<BlockId> known(function.blocks.size());
  for (Block& block : function.blocks) {
    for_each_target(block, [&](BlockId& target) {
      BlockId& found = known[target.index];
      if (!found.valid()) found = destination(function, target);
      target = found;
    });
    Op& last = block.ops.back();
    if (last.opcode == Opcode::Branch && last.target == last.target_false) {
      last.opcode = Opcode::Jump;
      last.operands.clear();
      last.target_false = {};
    }
  }
}

std::vector<bool> reached(const Function& function) {
  std::vector<bool> seen(function.blocks.size(), false);
  std::vector<BlockId> open{BlockId(0)};
  seen[0] = true;
  while (!open.empty()) {
    const BlockId at = open.back();
    open.pop_back();
    for (BlockId next : successors(function.blocks[at.index])) {
      if (seen[next.index]) continue;
      seen[next.index] = true;
      open.push_back(next);
    }
  }
  return seen;
}

void remove_unreached(Function& function) {
  const std::vector<bool> seen = reached(function);
  std::vector<BlockId> moved(function.blocks.size());
  std::vector<Block> kept;
  for (size_t i = 0; i < seen.size(); ++i) {
    if (!seen[i]) continue;
    moved[i] = BlockId(kept.size());
    kept.push_back(std::move(function.blocks[i]));
  }
  for (Block& block : kept) {
    for_each_target(block, [&](BlockId& target) { target = moved[target.index]; });
    if (block.unwind.valid()) block.unwind = moved[block.unwind.index];
  }
  function.blocks = std::move(kept);
}

/// How many ways lead into each block.
std::vector<size_t> count_entries(Function& function) {
  std::vector<size_t> entries(function.blocks.size(), 0);
  entries[0] = 1;
  for (Block& block : function.blocks) {
    for_each_target(block, [&](BlockId target) { ++entries[target.index]; });
    if (block.unwind.valid()) ++entries[block.unwind.index];
  }
  return entries;
}

void join_blocks(Function& function) {
  const std::vector<size_t> entries = count_entries(function);
  for (Block& block : function.blocks) {
    while (!block.ops.empty() && block.terminator().opcode == Opcode::Jump) {
      Block& next = function.blocks[block.terminator().target.index];
      if (entries[block.terminator().target.index] != 1 || &next == &block) break;
      const bool fails = can_fail(block);
      if (fails && can_fail(next) && block.unwind != next.unwind) break;
      if (!fails) block.unwind = next.unwind;
      block.ops.pop_back();
      for (Op& op : next.ops) block.ops.push_back(std::move(op));
      // Nothing leads here any more; the next round removes it.
      next.ops.clear();
      Op loop;
      loop.opcode = Opcode::Jump;
      loop.target = BlockId(static_cast<size_t>(&next - function.blocks.data()));
      next.ops.push_back(std::move(loop));
      next.unwind = {};
    }
    if (!can_fail(block)) block.unwind = {};
  }
}

/// The constant that the block, which ends with a jump, leaves in the slot, or null.
const Op* constant_left_in(const Block& block, SlotId slot) {
  ValueId stored;
  for (size_t i = block.ops.size() - 1; i-- > 0;) {
    const Op& op = block.ops[i];
    if (stored.valid() && op.result == stored)
      return op.opcode == Opcode::ConstText || op.opcode == Opcode::ConstBool ? &op : nullptr;
    if (stored.valid()) continue;
    for (SlotId output : op.slots)
      if (output == slot) return nullptr;
    if (op.opcode == Opcode::SlotStore && op.slot == slot) stored = op.operands[0];
  }
  return nullptr;
}

/// Where `choice`, a branch or switch, leads with this constant.
BlockId chosen(const Op& choice, const Op& constant) {
  if (choice.opcode == Opcode::Branch)
    return constant.integer != 0 ? choice.target : choice.target_false;
  for (const Edge& edge : choice.edges)
    if (edge.label == constant.text) return edge.target;
  return choice.target;
}

/// Whether any jump was led past a choice.
bool thread_choices(Function& function) {
  bool changed = false;
  for (Block& block : function.blocks) {
    Op& jump = block.ops.back();
    if (jump.opcode != Opcode::Jump) continue;
    const Block& next = function.blocks[jump.target.index];
    if (next.ops.size() != 2 || next.ops[0].opcode != Opcode::SlotLoad) continue;
    const Op& choice = next.terminator();
    if (choice.opcode != Opcode::Branch && choice.opcode != Opcode::Switch) continue;
    const Op* constant = constant_left_in(block, next.ops[0].slot);
    if (constant == nullptr) continue;
    jump.target = chosen(choice, *constant);
    changed = true;
  }
  return changed;
}

void simplify(Function& function) {
  // Two choices may lead to each other for ever, so the rounds are bounded.
  constexpr int kRounds = 4;
  for (int round = 0; round < kRounds; ++round) {
    thread_jumps(function);
    remove_unreached(function);
    join_blocks(function);
    remove_unreached(function);
    if (!thread_choices(function)) break;
  }
}

}  // namespace

void simplify(Module& module) {
  for (Function& function : module.functions) simplify(function);
}

}  // namespace pflow::ir
