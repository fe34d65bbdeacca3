/// The steps of the pass `drops`.
#pragma once

#include <vector>

#include "ir/ir.h"
#include "ir/slot_flow.h"

namespace pflow::ir {

/// Whether the op changes its operand in place when nobody else holds that.
[[nodiscard]] bool may_change(const Module& module, const Op& op, size_t operand);

/// Per slot: whether an op may change its value, or a part of that, in place. Of calls, the
/// parameters that are known to be handed over.
[[nodiscard]] std::vector<bool> changed_slots(const Module& module, const Function& function);

/// Says which parameters of functions are handed over: those that they change in place
/// when nobody else holds them.
void hand_over(Module& module);

/// Splits the slots of records whose parts are changed in place into slots of their fields.
void split_records(const Module& module, Function& function);

/// Makes loads of one slot without a write between them one load, and gives the
/// operands of invokes slots to be borrowed from.
void spill(const Module& module, Function& function);

/// Puts what only reads a value before the op that changes it, and each `record.get` behind the
/// last op that uses its record in another way.
void read_early(const Module& module, Function& function);

/// Ends every counted value of a block.
class Releases {
 public:
  Releases(const Module& module, Function& function, const TrackedSlots& tracked,
           const std::vector<SlotSet>& live);
  void place(Block& block);

 private:
  static constexpr size_t kNever = SIZE_MAX;

  /// What is known of a value that begins a chain of aliases.
  struct Use {
    size_t last = kNever;   ///< the last op that uses it or an alias of it
    bool owned = false;     ///< the block has to end it
    bool immortal = false;  ///< a constant
    bool variable = false;  ///< taken out of a slot
    bool borrowed_by_invoke = false;
    ValueId stands_for;  ///< the retained copy that took its place, if any
  };
  enum class Load : uint8_t { Borrow, Take, Copy };

  void remove_dead_writes(Block& block);
  void find_uses(const Block& block);
  void decide_loads(const Block& block);
  [[nodiscard]] Load decide(const Op& op, bool dead, size_t next_write);

  void emit(Op op, size_t at);
  void emit_load(Op op, size_t at);
  void give_operands(Op& op, size_t at);
  /// Whether the op joins to the text of a variable that ends here: that one may grow.
  [[nodiscard]] bool grows_variable(const Op& op, size_t at);
  /// Whether the op may have the operand's own reference.
  [[nodiscard]] bool may_move(const Op& op, size_t operand, size_t at);
  void end_operands(const Op& op, size_t at);
  ValueId retain(ValueId value, Span span);
  void drop(ValueId root, Span span);

  [[nodiscard]] SlotSet live_after(const Block& block) const;
  [[nodiscard]] const SlotSet* live_at_unwind(const Block& block) const;
  [[nodiscard]] bool counted(ValueId value) const;
  [[nodiscard]] Use& use(ValueId value) { return uses_[roots_[value.index].index]; }

  const Module& module_;
  Function& function_;
  const TrackedSlots& tracked_;
  const std::vector<SlotSet>& live_;
  std::vector<ValueId> roots_;       ///< by value
  std::vector<Use> uses_;            ///< by root
  std::vector<Load> loads_;          ///< by op of the block in hand
  std::vector<size_t> next_writes_;  ///< by tracked slot: the next op that writes it
  std::vector<Op> made_;
};

}  // namespace pflow::ir
