#include "ir/slot_flow.h"

#include <algorithm>

namespace pflow::ir {

namespace {

/// The blocks in an order in which most come after their predecessors.
std::vector<BlockId> reverse_postorder(const Function& function) {
  struct Visit {
    BlockId block;
    std::vector<BlockId> next;
    size_t at = 0;
  };
  std::vector<BlockId> order;
  std::vector<bool> seen(function.blocks.size(), false);
  std::vector<Visit> stack;
  auto push = [&](BlockId id) {
    if (seen[id.index]) return;
    seen[id.index] = true;
    stack.push_back({id, successors(function.blocks[id.index])});
  };
  for (size_t root = 0; root < function.blocks.size(); ++root) {
    push(BlockId(root));
    while (!stack.empty()) {
      Visit& top = stack.back();
      if (top.at < top.next.size()) {
        BlockId next = top.next[top.at++];
        push(next);
      } else {
        order.push_back(top.block);
        stack.pop_back();
      }
    }
  }
  std::reverse(order.begin(), order.end());
  return order;
}

}  // namespace

TrackedSlots::TrackedSlots(const Module& module, const Function& function)
    : numbers_(function.slots.size(), kNone) {
  for (size_t i = 0; i < function.slots.size(); ++i) {
    const Slot& slot = function.slots[i];
    if (i < function.param_count && !slot.handed_over) continue;
    if (!module.types->holds_reference(slot.type)) continue;
    numbers_[i] = slots_.size();
    slots_.emplace_back(i);
  }
}

std::vector<size_t> written_slots(const Op& op, const TrackedSlots& tracked) {
  std::vector<size_t> found;
  auto add = [&](SlotId slot) {
    if (size_t number = tracked.find(slot); number != TrackedSlots::kNone) found.push_back(number);
  };
  if (op.opcode == Opcode::SlotStore) add(op.slot);
  for (SlotId slot : op.slots) add(slot);
  return found;
}

void step_back(const Op& op, const TrackedSlots& tracked, const SlotSet* unwind, SlotSet& live) {
  for (size_t number : written_slots(op, tracked)) live.remove(number);
  if (size_t number = tracked.find(op.read_slot()); number != TrackedSlots::kNone) live.add(number);
  if (unwind != nullptr && op.can_fail()) live.add_all(*unwind);
}

void step_forward(const Op& op, const TrackedSlots& tracked, SlotSet& set) {
  if (op.opcode == Opcode::SlotTake || op.opcode == Opcode::SlotDrop)
    if (size_t number = tracked.find(op.slot); number != TrackedSlots::kNone) set.remove(number);
  for (size_t number : written_slots(op, tracked)) set.add(number);
}

std::vector<SlotSet> live_slots(const Function& function, const TrackedSlots& tracked) {
  std::vector<SlotSet> live(function.blocks.size(), SlotSet(tracked.size()));
  std::vector<BlockId> order = reverse_postorder(function);
  for (bool changed = true; changed;) {
    changed = false;
    for (size_t i = order.size(); i-- > 0;) {
      const Block& block = function.blocks[order[i].index];
      const SlotSet* unwind = block.unwind.valid() ? &live[block.unwind.index] : nullptr;
      SlotSet now(tracked.size());
      const Op& last = block.terminator();
      if (last.target.valid()) now.add_all(live[last.target.index]);
      if (last.target_false.valid()) now.add_all(live[last.target_false.index]);
      for (const Edge& edge : last.edges) now.add_all(live[edge.target.index]);
      for (size_t k = block.ops.size(); k-- > 0;) step_back(block.ops[k], tracked, unwind, now);
      changed |= live[order[i].index].add_all(now);
    }
  }
  return live;
}

std::vector<SlotSet> set_slots(const Function& function, const TrackedSlots& tracked,
                               const std::vector<SlotSet>* kept) {
  std::vector<SlotSet> set(function.blocks.size(), SlotSet(tracked.size()));
  for (size_t number = 0; number < tracked.size(); ++number)
    if (tracked.slot(number).index < function.param_count) set[0].add(number);
  std::vector<BlockId> order = reverse_postorder(function);
  for (bool changed = true; changed;) {
    changed = false;
    for (BlockId id : order) {
      const Block& block = function.blocks[id.index];
      SlotSet now = set[id.index];
      if (kept != nullptr) now.keep_only((*kept)[id.index]);
      auto flow_to = [&](BlockId target) {
        if (target.valid()) changed |= set[target.index].add_all(now);
      };
      for (const Op& op : block.ops) {
        if (op.can_fail()) flow_to(block.unwind);
        step_forward(op, tracked, now);
      }
      const Op& last = block.terminator();
      flow_to(last.target);
      flow_to(last.target_false);
      for (const Edge& edge : last.edges) flow_to(edge.target);
    }
  }
  return set;
}

}  // namespace pflow::ir
