// Removes slots. Needs nothing. A slot that is read once, in the block that has
// stored it, gives way to the stored value; one that nothing reads loses its
// stores; unused slots and ops without effect whose results nobody uses are gone.
#include <algorithm>
#include <utility>

#include "ir/passes/passes.h"

namespace pflow::ir {

namespace {

class SlotCleaner {
 public:
  SlotCleaner(const TypeTable& types, Function& function) : types_(types), function_(function) {}

  void run() {
    count_loads();
    for (Block& block : function_.blocks) forward(block);
    for (Block& block : function_.blocks) remove_dead(block);
    count_loads();
    for (Block& block : function_.blocks) remove_dead_writes(block);
    used_.clear();
    for (Block& block : function_.blocks) remove_dead(block);
    remove_slots();
  }

 private:
  void count_loads() {
    loads_.assign(function_.slots.size(), 0);
    for (const Block& block : function_.blocks)
      for (const Op& op : block.ops)
        if (SlotId read = op.read_slot(); read.valid()) ++loads_[read.index];
  }

  /// A counted value stays in its slot when more than one load borrows it there.
  [[nodiscard]] bool may_forward(SlotId slot) const {
    return loads_[slot.index] == 1 || !types_.holds_reference(function_.slots[slot.index].type);
  }

  void forward(Block& block) {
    stored_.resize(function_.slots.size());
    for (Op& op : block.ops) {
      for (ValueId& operand : op.operands) operand = replacement(operand);
      for (SlotId slot : op.slots)
        if (slot.valid()) stored_[slot.index] = {};
      if (op.opcode == Opcode::SlotStore)
        stored_[op.slot.index] = may_forward(op.slot) ? op.operands[0] : ValueId();
      else if (op.opcode == Opcode::SlotLoad && stored_[op.slot.index].valid())
        replace(op.result, stored_[op.slot.index]);
    }
    for (const Op& op : block.ops)
      if (op.opcode == Opcode::SlotStore) stored_[op.slot.index] = {};
  }

  void replace(ValueId from, ValueId to) {
    if (replaced_.empty()) replaced_.resize(function_.values.size());
    replaced_[from.index] = to;
  }
  [[nodiscard]] ValueId replacement(ValueId value) const {
    if (replaced_.empty() || !replaced_[value.index].valid()) return value;
    return replaced_[value.index];
  }

  /// From the end, so that what only dead ops use is dead too.
  void remove_dead(Block& block) {
    used_.resize(function_.values.size());
    std::vector<Op> kept;
    for (size_t i = block.ops.size(); i-- > 0;) {
      Op& op = block.ops[i];
      if (op.result.valid() && op.info().flags == 0 && !used_[op.result.index]) continue;
      for (ValueId operand : op.operands) used_[operand.index] = true;
      kept.push_back(std::move(op));
    }
    std::ranges::reverse(kept);
    block.ops = std::move(kept);
  }

  void remove_dead_writes(Block& block) {
    std::erase_if(block.ops, [&](const Op& op) {
      return op.opcode == Opcode::SlotStore && loads_[op.slot.index] == 0;
    });
    for (Op& op : block.ops) {
      for (SlotId& slot : op.slots)
        if (slot.valid() && loads_[slot.index] == 0) slot = {};
      if (std::ranges::none_of(op.slots, &SlotId::valid)) op.slots.clear();
    }
  }

  void remove_slots() {
    std::vector<bool> used(function_.slots.size(), false);
    std::fill_n(used.begin(), function_.param_count, true);
    each_slot([&](SlotId& slot) { used[slot.index] = true; });
    std::vector<SlotId> moved(used.size());
    std::vector<Slot> kept;
    for (size_t i = 0; i < used.size(); ++i) {
      if (!used[i]) continue;
      moved[i] = SlotId(kept.size());
      kept.push_back(std::move(function_.slots[i]));
    }
    function_.slots = std::move(kept);
    each_slot([&](SlotId& slot) { slot = moved[slot.index]; });
  }

  template <typename F>
  void each_slot(F&& visit) {
    for (Block& block : function_.blocks)
      for (Op& op : block.ops) {
        if (op.slot.valid()) visit(op.slot);
        for (SlotId& slot : op.slots)
          if (slot.valid()) visit(slot);
      }
  }

  const TypeTable& types_;
  Function& function_;
  std::vector<size_t> loads_;
  std::vector<ValueId> stored_;  ///< by slot: what the block in hand has put there
  std::vector<ValueId> replaced_;
  std::vector<bool> used_;
};

}  // namespace

void slots(Module& module) {
  for (Function& function : module.functions) SlotCleaner(*module.types, function).run();
}

}  // namespace pflow::ir
