// Places ownership (ir.h). Needs a module that verifies, in which no output goes to
// a slot whose old value is read where the op's failure goes. Per function:
// 0. `hand_over` lets callers give values away that the callee changes;
// 1. `split_records` and, once loads are joined, `read_early` let the parts of records go that are
// changed;
// 2. `spill`: what an invoke borrows is put into slots, loads of one slot become one;
// 3. `Releases` gives every value of a block its end: the last load of a slot takes
//    it, a consumed value that is used again is retained, an owned one that is not
//    consumed is dropped after its last use;
// 4. slots that die without being taken are dropped where that is known: at the
//    start of a block, before a write, before a return.
#include "ir/passes/drops.h"

#include "ir/passes/passes.h"

namespace pflow::ir {

namespace {

Op slot_drop(SlotId slot, Span span) {
  Op op;
  op.opcode = Opcode::SlotDrop;
  op.span = span;
  op.slot = slot;
  return op;
}

/// Step 4 for one block; `set` is what may hold a value at its start.
void drop_dead_slots(Block& block, const TrackedSlots& tracked, const SlotSet& live, SlotSet set) {
  std::vector<Op> made;
  auto drop = [&](size_t number, Span span) {
    made.push_back(slot_drop(tracked.slot(number), span));
  };
  auto drop_unread = [&](Span span) {
    set.for_each([&](size_t number) {
      if (!live.has(number)) drop(number, span);
    });
    set.keep_only(live);
  };
  // An error.take stays first in its block.
  const bool takes_error = block.ops.front().opcode == Opcode::ErrorTake;
  if (!takes_error) drop_unread(block.ops.front().span);
  for (Op& op : block.ops) {
    for (size_t number : written_slots(op, tracked))
      if (set.has(number)) drop(number, op.span);
    if (op.opcode == Opcode::Return) set.for_each([&](size_t number) { drop(number, op.span); });
    step_forward(op, tracked, set);
    made.push_back(std::move(op));
    if (takes_error && made.size() == 1) drop_unread(made.front().span);
  }
  block.ops = std::move(made);
}

void place(Module& module, Function& function) {
  split_records(module, function);
  spill(module, function);
  read_early(module, function);
  const TrackedSlots tracked(module, function);
  const std::vector<SlotSet> live = live_slots(function, tracked);
  Releases releases(module, function, tracked, live);
  for (Block& block : function.blocks) releases.place(block);
  const std::vector<SlotSet> set = set_slots(function, tracked, &live);
  for (size_t i = 0; i < function.blocks.size(); ++i)
    drop_dead_slots(function.blocks[i], tracked, live[i], set[i]);
}

}  // namespace

void drops(Module& module) {
  if (module.ownership_placed) return;
  hand_over(module);
  for (Function& function : module.functions) place(module, function);
  module.ownership_placed = true;
}

}  // namespace pflow::ir
