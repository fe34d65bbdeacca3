// A value that only one holds can be changed in place: `all.insert(key, value)`. A function
// that does so with its parameter takes it over, so that the caller need not hold it.
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
    const std::vector<bool> suspending = suspending_functions(module_);
    for (size_t i = 0; i < suspending.size(); ++i) called_alone_[i] = !suspending[i];
    called_outside(module_.entry);
    for (const Tool& tool : module_.tools) called_outside(tool.flow);
    for (const Function& function : module_.functions) {
      for (const Block& block : function.blocks) {
        for (const Op& op : block.ops) {
          if (op.opcode != Opcode::Call) called_outside(op.callee.function);
          for (const Branch& branch : op.branches) called_outside(branch.flow);
        }
      }
    }
  }

  void called_outside(FunctionId function) {
    if (function.valid()) called_alone_[function.index] = false;
  }

  bool mark_all() {
    bool more = false;
    for (size_t i = 0; i < module_.functions.size(); ++i)
      if (called_alone_[i] && module_.functions[i].param_count != 0)
        more |= mark(module_.functions[i]);
    return more;
  }

  bool mark(Function& function) {
    const std::vector<bool> changed = changed_slots(module_, function);
    bool more = false;
    for (size_t i = 0; i < function.param_count; ++i)
      if (changed[i]) more |= !std::exchange(function.slots[i].handed_over, true);
    return more;
  }

  void mark_call(Op& op) const {
    if (op.opcode != Opcode::Call || !op.callee.function.valid()) return;
    const Function& callee = module_.function(op.callee.function);
    for (size_t i = 0; i < callee.param_count; ++i)
      if (callee.slots[i].handed_over) op.handed_over.push_back(i);
  }

  Module& module_;
  std::vector<bool> called_alone_;  ///< by the op `call` and nobody else
};

}  // namespace

void hand_over(Module& module) { HandOver(module).run(); }

}  // namespace pflow::ir
