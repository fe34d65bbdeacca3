#include "ir/verifier.h"

#include <set>

namespace pflow::ir {

namespace {

/// Structure: blocks, terminators, values and ids in range.
class StructureCheck {
 public:
  explicit StructureCheck(const Verifier& verifier)
      : verifier_(verifier), function_(verifier.function) {}

  void run() {
    const size_t before = verifier_.messages.size();
    if (function_.blocks.empty()) {
      verifier_.messages.push_back(fmt::format("@{}: no blocks", function_.name));
      return;
    }
    names();
    for (const Block& block : function_.blocks) check(block);
    if (before != verifier_.messages.size()) return;
    for (const Block& block : function_.blocks)
      for (const Op& op : block.ops) verify_types(verifier_, block, op);
    if (before == verifier_.messages.size() && verifier_.module.ownership_placed)
      verify_ownership(verifier_);
  }

 private:
  void names() {
    std::set<std::string_view> seen;
    for (const Slot& slot : function_.slots)
      if (!seen.insert(slot.name).second)
        verifier_.messages.push_back(
            fmt::format("@{}: two slots named `{}`", function_.name, slot.name));
    seen.clear();
    for (const Block& block : function_.blocks)
      if (!seen.insert(block.name).second) verifier_.complain(block, "two blocks of this name");
    if (function_.param_count > function_.slots.size())
      verifier_.messages.push_back(fmt::format("@{}: more parameters than slots", function_.name));
  }

  void check(const Block& block) {
    if (block.ops.empty() || !block.ops.back().is_terminator())
      return verifier_.complain(block, "no terminator");
    if (block.unwind.valid() && block.unwind.index >= function_.blocks.size())
      verifier_.complain(block, "unwind block out of range");
    local_.clear();
    for (size_t i = 0; i < block.ops.size(); ++i) {
      if (block.ops[i].is_terminator() && i + 1 != block.ops.size())
        verifier_.complain(block, block.ops[i], "a terminator inside the block");
      check(block, block.ops[i]);
    }
  }

  void check(const Block& block, const Op& op) {
    const OpInfo& info = op.info();
    if (info.operands >= 0 && op.operands.size() != static_cast<size_t>(info.operands))
      verifier_.complain(
          block, op,
          fmt::format("expected {} operands, found {}", info.operands, op.operands.size()));
    for (ValueId operand : op.operands)
      if (!local_.contains(operand.index))
        verifier_.complain(block, op, "an operand is not a value of this block");
    check_result(block, op);
    check_targets(block, op);
    bool slot_op = op.opcode == Opcode::SlotLoad || op.opcode == Opcode::SlotTake ||
                   op.opcode == Opcode::SlotStore || op.opcode == Opcode::SlotDrop ||
                   op.opcode == Opcode::StreamNext;
    if (slot_op && op.slot.index >= function_.slots.size())
      verifier_.complain(block, op, "slot out of range");
    check_outputs(block, op);
    if (op.opcode == Opcode::Call || op.opcode == Opcode::Invoke) check_callee(block, op);
    if (op.opcode == Opcode::Each || op.opcode == Opcode::StreamEach ||
        op.opcode == Opcode::StreamPipe)
      check_function(block, op, op.callee.function);
    for (const Branch& branch : op.branches) check_function(block, op, branch.flow);
    if (op.site.valid() && op.site.index >= verifier_.module.sites.size())
      verifier_.complain(block, op, "site out of range");
  }

  void check_result(const Block& block, const Op& op) {
    bool wanted = op.info().result != ResultKind::None;
    if (op.opcode == Opcode::Call) wanted = op.output >= 0;
    if (wanted != op.result.valid())
      return verifier_.complain(block, op, wanted ? "no result" : "a result that it cannot have");
    if (!wanted) return;
    if (op.result.index >= function_.values.size())
      return verifier_.complain(block, op, "result out of range");
    local_.insert(op.result.index);
    if (!defined_.insert(op.result.index).second)
      verifier_.complain(block, op, "a value defined twice");
  }

  void check_targets(const Block& block, const Op& op) {
    bool one = op.may_wait() || op.opcode == Opcode::Jump || op.opcode == Opcode::Switch ||
               op.opcode == Opcode::Branch;
    bool two = op.opcode == Opcode::Branch || op.opcode == Opcode::StreamNext;
    auto missing = [this](BlockId id) { return id.index >= function_.blocks.size(); };
    if (one && missing(op.target)) verifier_.complain(block, op, "target out of range");
    if (two && missing(op.target_false)) verifier_.complain(block, op, "target out of range");
    std::set<std::string_view> labels;
    for (const Edge& edge : op.edges) {
      if (missing(edge.target)) verifier_.complain(block, op, "target out of range");
      if (!labels.insert(edge.label).second)
        verifier_.complain(block, op, fmt::format("two edges for \"{}\"", edge.label));
    }
  }

  void check_callee(const Block& block, const Op& op) {
    const Module& module = verifier_.module;
    bool node = op.callee.node.valid();
    if (node == op.callee.function.valid())
      return verifier_.complain(block, op, "expected one callee");
    if (node ? op.callee.node.index >= module.nodes.size()
             : op.callee.function.index >= module.functions.size())
      return verifier_.complain(block, op, "callee out of range");
  }

  void check_function(const Block& block, const Op& op, FunctionId id) {
    if (id.index >= verifier_.module.functions.size())
      verifier_.complain(block, op, "callee out of range");
  }

  void check_outputs(const Block& block, const Op& op) {
    for (SlotId slot : op.slots)
      if (slot.valid() && slot.index >= function_.slots.size())
        verifier_.complain(block, op, "slot out of range");
  }

  const Verifier& verifier_;
  const Function& function_;
  std::set<uint32_t> local_;
  std::set<uint32_t> defined_;
};

}  // namespace

std::vector<std::string> verify(const Module& module) {
  std::vector<std::string> messages;
  if (module.entry.valid() && module.entry.index >= module.functions.size())
    messages.emplace_back("entry out of range");
  for (const Function& function : module.functions)
    StructureCheck({module, function, messages}).run();
  return messages;
}

}  // namespace pflow::ir
