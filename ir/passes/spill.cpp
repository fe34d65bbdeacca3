#include <algorithm>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "ir/ownership.h"
#include "ir/passes/drops.h"

namespace pflow::ir {

namespace {

class Spiller {
 public:
  Spiller(const Module& module, Function& function) : module_(module), function_(function) {
    replaced_.resize(function.values.size());
    loaded_.resize(function.slots.size());
    for (const Slot& slot : function.slots) names_.insert(slot.name);
  }

  void run() {
    for (Block& block : function_.blocks) {
      join_loads(block);
      if (block.terminator().may_wait()) spill(block);
    }
  }

 private:
  void join_loads(Block& block) {
    std::vector<SlotId> touched;
    for (Op& op : block.ops) {
      for (ValueId& operand : op.operands)
        if (replaced_[operand.index].valid()) operand = replaced_[operand.index];
      for (SlotId slot : op.slots)
        if (slot.valid()) loaded_[slot.index] = {};
      if (op.opcode == Opcode::SlotStore) loaded_[op.slot.index] = {};
      if (op.opcode != Opcode::SlotLoad) continue;
      ValueId& known = loaded_[op.slot.index];
      touched.push_back(op.slot);
      if (known.valid())
        replaced_[op.result.index] = known;
      else
        known = op.result;
    }
    for (SlotId slot : touched) loaded_[slot.index] = {};
    std::erase_if(block.ops, [&](const Op& op) {
      return op.result.valid() && replaced_[op.result.index].valid();
    });
  }

  /// Whether `invoke`, which follows the block's ops, can borrow the operand where it is.
  [[nodiscard]] static bool stays(const Block& block, const Op& invoke, ValueId operand) {
    std::vector<SlotId> written = invoke.slots;
    for (size_t i = block.ops.size(); i-- > 0;) {
      const Op& op = block.ops[i];
      if (op.result == operand) {
        if (is_immortal(op)) return true;
        if (op.opcode == Opcode::SlotLoad)
          return std::ranges::find(written, op.slot) == written.end();
        if (op.info().result != ResultKind::Alias) return false;
        operand = op.operands[0];
      }
      if (op.opcode == Opcode::SlotStore) written.push_back(op.slot);
      written.insert(written.end(), op.slots.begin(), op.slots.end());
    }
    return false;
  }

  void spill(Block& block) {
    Op invoke = std::move(block.ops.back());
    block.ops.pop_back();
    std::unordered_map<ValueId, ValueId> spilled;
    for (size_t i = 0; i < invoke.operands.size(); ++i) {
      ValueId& operand = invoke.operands[i];
      if (!module_.types->holds_reference(function_.values[operand.index].type)) continue;
      auto [at, fresh] = spilled.try_emplace(operand);
      if (fresh)
        at->second = stays(block, invoke, operand) ? operand : through_slot(block, invoke, i);
      operand = at->second;
    }
    block.ops.push_back(std::move(invoke));
  }

  ValueId through_slot(Block& block, const Op& invoke, size_t index) {
    const ValueId operand = invoke.operands[index];
    const TypeId type = function_.values[operand.index].type;
    const std::string name = unique(port_name(invoke, index));
    function_.slots.push_back({name, type});
    loaded_.emplace_back();
    Op store;
    store.opcode = Opcode::SlotStore;
    store.span = invoke.span;
    store.operands = {operand};
    store.slot = SlotId(function_.slots.size() - 1);
    Op load = store;
    load.opcode = Opcode::SlotLoad;
    load.operands.clear();
    function_.values.push_back({type, name});
    replaced_.emplace_back();
    load.result = ValueId(function_.values.size() - 1);
    block.ops.push_back(std::move(store));
    block.ops.push_back(std::move(load));
    return block.ops.back().result;
  }

  [[nodiscard]] std::string port_name(const Op& invoke, size_t index) const {
    if (invoke.callee.node.valid()) {
      const Node& node = module_.node(invoke.callee.node);
      return node.name + "." + node.ports[index].name;
    }
    if (!invoke.callee.function.valid()) return std::string(invoke.info().text) + ".argument";
    const Function& callee = module_.function(invoke.callee.function);
    return callee.name + "." +
           (index < callee.param_count ? callee.slots[index].name : std::string("policy"));
  }

  std::string unique(const std::string& name) {
    std::string made = name;
    for (int& n = tried_[name]; !names_.insert(made).second;)
      made = name + "." + std::to_string(++n + 1);
    return made;
  }

  const Module& module_;
  Function& function_;
  std::vector<ValueId> replaced_;
  std::vector<ValueId> loaded_;  ///< by slot: the load in the block in hand that still holds
  std::unordered_set<std::string> names_;
  std::unordered_map<std::string, int> tried_;
};

}  // namespace

void spill(const Module& module, Function& function) { Spiller(module, function).run(); }

}  // namespace pflow::ir
