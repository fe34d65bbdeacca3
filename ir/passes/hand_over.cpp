// A value that only one holds can be changed in place: `all.insert(key, value)`. A function
// that does so with its parameter takes it over, so that the caller need not hold it.
#include <numeric>

#include "ir/passes/drops.h"

namespace pflow::ir {

namespace {

class HandOver {
 public:
  explicit HandOver(Module& module)
      : module_(module),
        callers_(module.functions.size()),
        called_outside_(suspending_functions(module)) {}

  void run() {
    find_callers();
    mark_all();
    for (Function& function : module_.functions)
      for (Block& block : function.blocks)
        for (Op& op : block.ops) mark_call(op);
  }

 private:
  /// What the runtime calls, too, as of streams and tests, borrows its parameters.
  void find_callers() {
    call_outside(module_.entry);
    for (const Tool& tool : module_.tools) call_outside(tool.flow);
    for (size_t i = 0; i < module_.functions.size(); ++i) {
      for (const Block& block : module_.functions[i].blocks) {
        for (const Op& op : block.ops) {
          if (op.opcode != Opcode::Call)
            call_outside(op.callee.function);
          else if (op.callee.function.valid())
            callers_[op.callee.function.index].push_back(i);
          for (const Branch& branch : op.branches) call_outside(branch.flow);
        }
      }
    }
  }

  void call_outside(FunctionId function) {
    if (function.valid()) called_outside_[function.index] = true;
  }

  void mark_all() {
    std::vector<size_t> waiting(module_.functions.size());
    std::iota(waiting.begin(), waiting.end(), 0);
    while (!waiting.empty()) {
      const size_t function = waiting.back();
      waiting.pop_back();
      if (callers_[function].empty() || called_outside_[function]) continue;
      if (!mark(module_.functions[function])) continue;
      // A function that hands its parameter on takes it over, too.
      const std::vector<size_t>& callers = callers_[function];
      waiting.insert(waiting.end(), callers.begin(), callers.end());
    }
  }

  /// Whether that changes what its callers hand over.
  bool mark(Function& function) {
    if (!has_counted_parameter(function)) return false;
    const std::vector<bool> changed = changed_slots(module_, function);
    bool more = false;
    for (size_t i = 0; i < function.param_count; ++i)
      if (changed[i]) more |= !std::exchange(function.slots[i].handed_over, true);
    return more;
  }

  [[nodiscard]] bool has_counted_parameter(const Function& function) const {
    for (size_t i = 0; i < function.param_count; ++i)
      if (module_.types->holds_reference(function.slots[i].type)) return true;
    return false;
  }

  void mark_call(Op& op) const {
    if (op.opcode != Opcode::Call || !op.callee.function.valid()) return;
    const Function& callee = module_.function(op.callee.function);
    for (size_t i = 0; i < callee.param_count; ++i)
      if (callee.slots[i].handed_over) op.handed_over.push_back(i);
  }

  Module& module_;
  std::vector<std::vector<size_t>> callers_;  ///< by the op `call`
  std::vector<bool> called_outside_;          ///< otherwise, as a flow that suspends always is
};

}  // namespace

void hand_over(Module& module) { HandOver(module).run(); }

}  // namespace pflow::ir
