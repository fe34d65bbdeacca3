#include <algorithm>

#include "ir/passes/drops.h"

namespace pflow::ir {

bool may_change(const Module& module, const Op& op, size_t operand) {
  if (op.opcode == Opcode::Call) {
    if (!op.callee.function.valid()) return false;
    const Function& callee = module.function(op.callee.function);
    return operand < callee.param_count && callee.slots[operand].handed_over;
  }
  constexpr Opcode kChanging[] = {Opcode::MapSet,     Opcode::ListPush, Opcode::ListConcat,
                                  Opcode::ListSortBy, Opcode::ListTop,  Opcode::TextAppend,
                                  Opcode::Template};
  return operand == 0 && std::ranges::find(kChanging, op.opcode) != std::end(kChanging);
}

namespace {

/// Whether the result is the first operand or a part of it.
bool gives_part(const Op& op) {
  return op.opcode == Opcode::Cast || op.opcode == Opcode::RecordGet ||
         op.opcode == Opcode::OptGet || op.opcode == Opcode::SumGet;
}

class ChangedSlots {
 public:
  ChangedSlots(const Module& module, const Function& function)
      : module_(module),
        function_(function),
        sources_(function.values.size()),
        changed_(function.slots.size(), false) {}

  std::vector<bool> find() && {
    for (const Block& block : function_.blocks)
      for (const Op& op : block.ops) remember_source(op);
    // What goes to a slot that is changed is changed there.
    for (bool more = true; more;) {
      more = false;
      for (const Block& block : function_.blocks)
        for (const Op& op : block.ops) more |= mark(op);
    }
    return std::move(changed_);
  }

 private:
  void remember_source(const Op& op) {
    if (op.opcode == Opcode::SlotLoad) sources_[op.result.index] = op.slot;
    if (gives_part(op)) sources_[op.result.index] = sources_[op.operands[0].index];
  }

  bool mark(const Op& op) {
    const bool to_changed = op.opcode == Opcode::SlotStore && changed_[op.slot.index];
    bool more = false;
    for (size_t i = 0; i < op.operands.size(); ++i) {
      const SlotId source = sources_[op.operands[i].index];
      if (!source.valid() || changed_[source.index]) continue;
      if (to_changed || may_change(module_, op, i)) more = changed_[source.index] = true;
    }
    return more;
  }

  const Module& module_;
  const Function& function_;
  std::vector<SlotId> sources_;  ///< by value: the slot that it, or what it is a part of, is from
  std::vector<bool> changed_;
};

}  // namespace

std::vector<bool> changed_slots(const Module& module, const Function& function) {
  return ChangedSlots(module, function).find();
}

}  // namespace pflow::ir
