// A value that only one holds can be changed in place: `all.insert(key, value)`. A function
// that does so with its parameter takes it over, so that the caller need not hold it.
#include <algorithm>

#include "ir/passes/drops.h"

namespace pflow::ir {

namespace {

class HandOver {
 public:
  explicit HandOver(Module& module)
      : module_(module), called_alone_(module.functions.size(), true) {}

  void run() {
    find_other_callers();
    // A function that hands its parameter on takes it over, too.
    while (mark_all()) {
    }
    for (Function& function : module_.functions)
      for (Block& block : function.blocks)
        for (Op& op : block.ops) mark_call(op);
  }

 private:
  /// What the runtime calls, too, as of streams and tests, borrows its parameters.
  void find_other_callers() {
    for (const Function& function : module_.functions) {
      for (const Block& block : function.blocks) {
        for (const Op& op : block.ops) {
          if (op.callee.function.valid() && op.opcode != Opcode::Call)
            called_alone_[op.callee.function.index] = false;
          for (const Branch& branch : op.branches) called_alone_[branch.flow.index] = false;
        }
      }
    }
  }

  bool mark_all() {
    bool changed = false;
    for (size_t i = 0; i < module_.functions.size(); ++i) {
      Function& function = module_.functions[i];
      if (called_alone_[i] && function.kind == FunctionKind::Pure) changed |= mark(function);
    }
    return changed;
  }

  bool mark(Function& function) {
    bool changed = false;
    for (const Block& block : function.blocks) {
      loads_.assign(function.values.size(), SlotId());
      for (const Op& op : block.ops) {
        if (op.opcode == Opcode::SlotLoad) loads_[op.result.index] = op.slot;
        if (op.opcode == Opcode::Cast || op.opcode == Opcode::RecordGet)
          loads_[op.result.index] = loads_[op.operands[0].index];
        for (size_t i = 0; i < op.operands.size(); ++i) {
          const SlotId slot = loads_[op.operands[i].index];
          if (!slot.valid() || slot.index >= function.param_count || !changes(op, i)) continue;
          changed |= !std::exchange(function.slots[slot.index].handed_over, true);
        }
      }
    }
    return changed;
  }

  /// Whether the operand may be changed in place.
  [[nodiscard]] bool changes(const Op& op, size_t operand) const {
    if (op.opcode == Opcode::Call) return takes(op, operand);
    constexpr Opcode kChanging[] = {Opcode::MapSet,     Opcode::ListPush, Opcode::ListConcat,
                                    Opcode::ListSortBy, Opcode::ListTop,  Opcode::TextAppend};
    return operand == 0 && std::ranges::find(kChanging, op.opcode) != std::end(kChanging);
  }

  [[nodiscard]] bool takes(const Op& call, size_t operand) const {
    if (!call.callee.function.valid()) return false;
    const Function& callee = module_.functions[call.callee.function.index];
    return operand < callee.param_count && callee.slots[operand].handed_over;
  }

  void mark_call(Op& op) const {
    if (op.opcode != Opcode::Call) return;
    for (size_t i = 0; i < op.operands.size(); ++i)
      if (takes(op, i)) op.handed_over.push_back(i);
  }

  Module& module_;
  std::vector<bool> called_alone_;
  std::vector<SlotId> loads_;  ///< of the block in hand: what a value, or the record around it, was loaded from
};

}  // namespace

void hand_over(Module& module) { HandOver(module).run(); }

}  // namespace pflow::ir
