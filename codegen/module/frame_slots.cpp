#include "codegen/module/frame_slots.h"

#include "ir/slot_flow.h"

namespace pflow::codegen {
namespace {

using ir::SlotSet;
using Suspends = llvm::function_ref<bool(const ir::Op&)>;

/// Per block: slots of any type that are read before they are written from its
/// start on.
std::vector<SlotSet> slots_read_from(const ir::Function& function) {
  std::vector<SlotSet> live(function.blocks.size(), SlotSet(function.slots.size()));
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = function.blocks.size(); i-- > 0;) {
      const ir::Block& block = function.blocks[i];
      SlotSet now(function.slots.size());
      for (ir::BlockId next : ir::successors(block)) now.add_all(live[next.index]);
      for (size_t k = block.ops.size(); k-- > 0;) {
        const ir::Op& op = block.ops[k];
        if (op.opcode == ir::Opcode::SlotStore) now.remove(op.slot.index);
        for (ir::SlotId slot : op.slots)
          if (slot.valid()) now.remove(slot.index);
        if (op.read_slot().valid()) now.add(op.read_slot().index);
        // A failure leaves before the op has written anything.
        if (op.can_fail() && block.unwind.valid()) now.add_all(live[block.unwind.index]);
      }
      changed |= live[i].add_all(now);
    }
  }
  return live;
}

void add_read_after(const ir::Function& function, Suspends suspends, std::vector<bool>& found) {
  std::vector<SlotSet> live = slots_read_from(function);
  for (const ir::Block& block : function.blocks)
    if (suspends(block.terminator()))
      for (ir::BlockId next : ir::successors(block))
        live[next.index].for_each([&](size_t slot) { found[slot] = true; });
}

void add_held_at(const ir::Module& module, const ir::Function& function, Suspends suspends,
                 std::vector<bool>& found) {
  ir::TrackedSlots tracked(module, function);
  std::vector<SlotSet> set = ir::set_slots(function, tracked, nullptr);
  for (size_t i = 0; i < function.blocks.size(); ++i) {
    const ir::Block& block = function.blocks[i];
    if (!suspends(block.terminator())) continue;
    SlotSet held = set[i];
    for (size_t k = 0; k + 1 < block.ops.size(); ++k) ir::step_forward(block.ops[k], tracked, held);
    held.for_each([&](size_t number) { found[tracked.slot(number).index] = true; });
  }
}

}  // namespace

std::vector<bool> frame_slots(const ir::Module& module, const ir::Function& function,
                              Suspends suspends) {
  std::vector<bool> found(function.slots.size(), false);
  for (size_t i = 0; i < function.param_count; ++i) found[i] = true;
  add_read_after(function, suspends, found);
  add_held_at(module, function, suspends, found);
  return found;
}

}  // namespace pflow::codegen
