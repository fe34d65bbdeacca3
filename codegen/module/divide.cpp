#include "codegen/module/divide.h"

#include <algorithm>
#include <array>

#include "codegen/module/cycles.h"
#include "codegen/module/op_count.h"

namespace pflow::codegen {
namespace {

/// A function of more ops than this is a long list of stages. In it each slot would
/// become a value at each of the ways out, so it is never optimised.
constexpr size_t kLargeFunction = 3000;
/// Nor is a function that makes a record of more fields: each would become a value, and its count a
/// branch.
constexpr size_t kManyFields = 64;
/// In a program of more ops, less effort is made.
constexpr size_t kLargeModule = 5000;
/// Ops of a part at least, since each costs some milliseconds by itself, and how many parts there
/// are about at most.
constexpr size_t kPartOps = 1500;
constexpr size_t kMostParts = 16;

/// Which functions the runtime starts, so that each has a frame, with or without its cache; which
/// it runs for the items of a stream.
void find_started(const ir::Module& module, std::vector<FunctionPlan>& plans) {
  for (const ir::Function& function : module.functions)
    for (const ir::Block& block : function.blocks)
      for (const ir::Op& op : block.ops) {
        for (const ir::Branch& branch : op.branches) plans[branch.flow.index].child = true;
        const uint32_t callee = op.callee.function.index;
        if (op.opcode == ir::Opcode::Each || op.opcode == ir::Opcode::StreamEach ||
            op.opcode == ir::Opcode::ConstTool ||
            (op.opcode == ir::Opcode::Invoke && !op.policies.empty()))
          plans[callee].child = true;
        if (op.opcode == ir::Opcode::StreamPipe) plans[callee].piped = true;
        if (op.callee.function.valid() &&
            std::ranges::find(op.policies, ir::Policy::Cache) != op.policies.end())
          plans[callee].cached = true;
      }
  for (const ir::Tool& tool : module.tools)
    if (tool.served || !tool.prefixes.empty()) plans[tool.flow.index].child = true;
}

bool is_large(const ir::Function& function) {
  size_t ops = 0;
  for (const ir::Block& block : function.blocks) {
    ops += block.ops.size();
    for (const ir::Op& op : block.ops)
      if (op.opcode == ir::Opcode::RecordMake && op.operands.size() > kManyFields) return true;
  }
  return ops > kLargeFunction;
}

std::vector<FunctionPlan> known_facts(const ir::Module& module) {
  const std::vector<bool> suspending = ir::suspending_functions(module);
  const std::vector<bool> recursive = recursive_functions(module);
  std::vector<FunctionPlan> plans(module.functions.size());
  for (size_t i = 0; i < plans.size(); ++i) {
    plans[i].id = ir::FunctionId(i);
    plans[i].suspends = suspending[i];
    plans[i].recursive = recursive[i];
  }
  find_started(module, plans);
  return plans;
}

/// Fills one part of a kind after the other.
class Filling {
 public:
  Filling(std::vector<PartKind>& parts, size_t most) : parts_(parts), most_(most) {}

  unsigned add(PartKind kind, size_t ops) {
    Open& open = open_[static_cast<size_t>(kind)];
    if (open.full) {
      open = {static_cast<unsigned>(parts_.size()), 0, false};
      parts_.push_back(kind);
    }
    open.ops += ops;
    open.full = open.ops >= most_ && kind != PartKind::Full;
    return open.part;
  }

 private:
  struct Open {
    unsigned part = 0;
    size_t ops = 0;
    bool full = true;
  };
  std::vector<PartKind>& parts_;
  size_t most_;
  std::array<Open, 3> open_;
};

}  // namespace

Division divide(const ir::Module& module, const Options& options) {
  Division made{{}, known_facts(module)};
  const size_t all = op_count(module);
  const std::vector<bool> repeating = repeating_functions(module);
  Filling filling(made.parts, std::max(kPartOps, all / kMostParts));
  for (FunctionPlan& plan : made.plans) {
    const ir::Function& function = module.function(plan.id);
    PartKind kind = all > kLargeModule ? PartKind::Lean : PartKind::Full;
    // What runs once is done before it would be optimised.
    if (options.opt_level == 0 || !repeating[plan.id.index] || is_large(function))
      kind = PartKind::Fast;
    plan.fast = kind == PartKind::Fast;
    plan.part = filling.add(kind, op_count(function));
  }
  if (made.parts.empty()) made.parts.push_back(PartKind::Fast);
  return made;
}

}  // namespace pflow::codegen
