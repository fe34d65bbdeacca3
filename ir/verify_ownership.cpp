#include <algorithm>

#include "ir/ownership.h"
#include "ir/slot_flow.h"
#include "ir/verifier.h"

namespace pflow::ir {

namespace {

class OwnershipCheck {
 public:
  explicit OwnershipCheck(const Verifier& verifier)
      : verifier_(verifier),
        function_(verifier.function),
        tracked_(verifier.module, function_),
        owners_(owners(verifier.module, function_)),
        sources_(function_.values.size()),
        loads_(function_.values.size()) {
    for (const Block& block : function_.blocks)
      for (const Op& op : block.ops) remember_source(op);
  }

  void run() {
    std::vector<SlotSet> set = set_slots(function_, tracked_, nullptr);
    for (size_t i = 0; i < function_.blocks.size(); ++i) {
      check_slots(function_.blocks[i], set[i]);
      check_values(function_.blocks[i]);
    }
  }

 private:
  void remember_source(const Op& op) {
    if (op.opcode == Opcode::SlotLoad) {
      sources_[op.result.index] = op.slot;
      loads_[op.result.index] = op.result;
    } else if (op.info().result == ResultKind::Alias) {
      loads_[op.result.index] = loads_[op.operands[0].index];
    }
  }

  [[nodiscard]] bool counted(ValueId value) const {
    return verifier_.module.types->holds_reference(verifier_.type(value));
  }

  void check_slots(const Block& block, SlotSet set) {
    for (const Op& op : block.ops) {
      bool empties = op.opcode == Opcode::SlotTake || op.opcode == Opcode::SlotDrop;
      bool param = op.slot.valid() && op.slot.index < function_.param_count;
      bool given = param && function_.slots[op.slot.index].handed_over;
      if (param && ((empties && !given) || op.opcode == Opcode::SlotStore))
        verifier_.complain(block, op, "a parameter is only loaded");
      for (size_t number : written_slots(op, tracked_))
        if (set.has(number))
          verifier_.complain(block, op, "writes %" + name(number) + ", which may hold a value");
      step_forward(op, tracked_, set);
      if (op.opcode == Opcode::Return)
        set.for_each(
            [&](size_t number) { verifier_.complain(block, op, "leaks %" + name(number)); });
    }
  }

  [[nodiscard]] const std::string& name(size_t number) const {
    return function_.slots[tracked_.slot(number).index].name;
  }

  void check_values(const Block& block) {
    std::vector<ValueId> owned;
    loaded_.clear();
    for (const Op& op : block.ops) {
      check_operands(block, op, owned);
      consume(block, op, owned);
      bool load = op.opcode == Opcode::SlotLoad;
      if (op.slot.valid() && !load) outdate(op.slot);
      for (SlotId slot : op.slots) outdate(slot);
      if (load) loaded_.push_back(op.result);
      if (op.result.valid() && owners_[op.result.index] == op.result) owned.push_back(op.result);
    }
    for (ValueId value : owned)
      verifier_.complain(block, fmt::format("leaks a value of `{}`",
                                            verifier_.module.types->name(verifier_.type(value))));
  }

  /// What was loaded from `slot` is gone.
  void outdate(SlotId slot) {
    std::erase_if(loaded_, [&](ValueId value) { return sources_[value.index] == slot; });
  }

  void check_operands(const Block& block, const Op& op, const std::vector<ValueId>& owned) {
    for (ValueId operand : op.operands) {
      if (!counted(operand)) continue;
      ValueId owner = owners_[operand.index];
      ValueId load = loads_[operand.index];
      if (owner.valid() && std::ranges::find(owned, owner) == owned.end())
        verifier_.complain(block, op, "uses a value after its end");
      if (load.valid() && std::ranges::find(loaded_, load) == loaded_.end())
        verifier_.complain(block, op,
                           "uses a load of %" + function_.slots[sources_[load.index].index].name +
                               " after the slot changed");
      if (op.may_wait() && owner.valid())
        verifier_.complain(block, op, "an operand is not borrowed from a slot");
    }
  }

  void consume(const Block& block, const Op& op, std::vector<ValueId>& owned) {
    for (ValueId operand : consumed_operands(op)) {
      if (!counted(operand)) continue;
      ValueId owner = owners_[operand.index];
      if (!owner.valid()) {
        if (loads_[operand.index].valid())
          verifier_.complain(block, op, "consumes a borrowed value");
      } else if (std::erase(owned, owner) == 0) {
        verifier_.complain(block, op, "consumes a value twice");
      }
    }
  }

  const Verifier& verifier_;
  const Function& function_;
  TrackedSlots tracked_;
  std::vector<ValueId> owners_;
  std::vector<SlotId> sources_;  ///< of a load: its slot
  std::vector<ValueId> loads_;   ///< of a value borrowed from a slot: the load
  std::vector<ValueId> loaded_;  ///< in the block in hand: loads whose slot still holds them
};

}  // namespace

void verify_ownership(const Verifier& verifier) { OwnershipCheck(verifier).run(); }

}  // namespace pflow::ir
