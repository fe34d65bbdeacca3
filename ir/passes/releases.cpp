#include <algorithm>
#include <utility>

#include "ir/ownership.h"
#include "ir/passes/drops.h"

namespace pflow::ir {

Releases::Releases(const Module& module, Function& function, const TrackedSlots& tracked,
                   const std::vector<SlotSet>& live)
    : module_(module),
      function_(function),
      tracked_(tracked),
      live_(live),
      roots_(function.values.size()),
      uses_(function.values.size()) {}

bool Releases::counted(ValueId value) const {
  return module_.types->holds_reference(function_.values[value.index].type);
}

SlotSet Releases::live_after(const Block& block) const {
  SlotSet live(tracked_.size());
  const Op& last = block.terminator();
  if (last.target.valid()) live.add_all(live_[last.target.index]);
  if (last.target_false.valid()) live.add_all(live_[last.target_false.index]);
  for (const Edge& edge : last.edges) live.add_all(live_[edge.target.index]);
  return live;
}

const SlotSet* Releases::live_at_unwind(const Block& block) const {
  return block.unwind.valid() ? &live_[block.unwind.index] : nullptr;
}

void Releases::place(Block& block) {
  remove_dead_writes(block);
  find_uses(block);
  decide_loads(block);
  made_.clear();
  for (size_t i = 0; i < block.ops.size(); ++i) emit(std::move(block.ops[i]), i);
  block.ops = std::move(made_);
}

void Releases::remove_dead_writes(Block& block) {
  SlotSet live = live_after(block);
  std::vector<Op> kept;
  for (size_t i = block.ops.size(); i-- > 0;) {
    Op& op = block.ops[i];
    auto dead = [&](SlotId slot) {
      const size_t number = tracked_.find(slot);
      return number != TrackedSlots::kNone && !live.has(number);
    };
    if (op.opcode == Opcode::SlotStore && dead(op.slot)) continue;
    for (SlotId& slot : op.slots)
      if (dead(slot)) slot = {};
    step_back(op, tracked_, live_at_unwind(block), live);
    kept.push_back(std::move(op));
  }
  std::ranges::reverse(kept);
  block.ops = std::move(kept);
}

void Releases::find_uses(const Block& block) {
  for (size_t i = 0; i < block.ops.size(); ++i) {
    const Op& op = block.ops[i];
    for (ValueId operand : op.operands) {
      use(operand).last = i;
      if (op.may_wait()) use(operand).borrowed_by_invoke = true;
    }
    if (!op.result.valid()) continue;
    const bool alias = op.info().result == ResultKind::Alias;
    roots_[op.result.index] = alias ? roots_[op.operands[0].index] : op.result;
    if (is_immortal(op)) use(op.result).immortal = true;
  }
}

void Releases::decide_loads(const Block& block) {
  loads_.assign(block.ops.size(), Load::Borrow);
  SlotSet live = live_after(block);
  next_writes_.assign(tracked_.size(), kNever);
  for (size_t i = block.ops.size(); i-- > 0;) {
    const Op& op = block.ops[i];
    const size_t number =
        op.opcode == Opcode::SlotLoad ? tracked_.find(op.slot) : TrackedSlots::kNone;
    if (number != TrackedSlots::kNone)
      loads_[i] = decide(op, !live.has(number), next_writes_[number]);
    for (size_t written : written_slots(op, tracked_)) next_writes_[written] = i;
    step_back(op, tracked_, live_at_unwind(block), live);
  }
}

Releases::Load Releases::decide(const Op& op, bool dead, size_t next_write) {
  const Use& use = this->use(op.result);
  if (use.borrowed_by_invoke || use.last == kNever) return Load::Borrow;
  if (dead) return Load::Take;
  return next_write != kNever && use.last >= next_write ? Load::Copy : Load::Borrow;
}

void Releases::emit(Op op, size_t at) {
  if (op.opcode == Opcode::SlotLoad && counted(op.result)) return emit_load(std::move(op), at);
  for (ValueId& operand : op.operands)
    if (ValueId copy = uses_[operand.index].stands_for; copy.valid()) operand = copy;
  give_operands(op, at);
  if (op.opcode == Opcode::Call && op.result.valid() && use(op.result).last == kNever) {
    op.result = {};
    op.output = -1;
  }
  made_.push_back(op);
  if (!op.is_terminator()) end_operands(op, at);
  if (!op.result.valid() || op.info().result != ResultKind::Owned || !counted(op.result)) return;
  use(op.result).owned = true;
  if (use(op.result).last == kNever) drop(op.result, op.span);
}

void Releases::emit_load(Op op, size_t at) {
  Use& use = this->use(op.result);
  if (use.last == kNever) return;
  use.owned = loads_[at] != Load::Borrow;
  use.variable = loads_[at] == Load::Take;
  if (use.variable) op.opcode = Opcode::SlotTake;
  made_.push_back(op);
  if (loads_[at] == Load::Copy) {
    const ValueId copy = retain(op.result, op.span);
    this->use(op.result).stands_for = copy;
    roots_[copy.index] = op.result;
  }
}

bool Releases::may_move(const Op& op, size_t operand, size_t at) {
  const ValueId root = roots_[op.operands[operand].index];
  const Use& use = uses_[root.index];
  if (use.immortal) return true;
  if (!use.owned || use.last != at) return false;
  // The last mention of the value in the op has it, unless the op also borrows it.
  const std::vector<ValueId> consumed = consumed_operands(op);
  for (size_t i = 0; i < op.operands.size(); ++i) {
    if (roots_[op.operands[i].index] != root || i == operand) continue;
    if (i > operand || consumed.size() != op.operands.size()) return false;
  }
  return true;
}

namespace {

/// The numbers of the operands whose ownership the op takes.
std::vector<size_t> given_operands(const Op& op) {
  if (!op.handed_over.empty()) return op.handed_over;
  const Consumes consumes = op.info().consumes;
  if (consumes == Consumes::None) return {};
  const size_t begin = consumes == Consumes::Last ? op.operands.size() - 1 : 0;
  const size_t end = consumes == Consumes::First ? 1 : op.operands.size();
  std::vector<size_t> given;
  for (size_t i = begin; i < end; ++i) given.push_back(i);
  return given;
}

}  // namespace

bool Releases::grows_variable(const Op& op, size_t at) {
  return op.opcode == Opcode::Template && op.operands.size() > 1 && use(op.operands[0]).variable &&
         may_move(op, 0, at);
}

void Releases::give_operands(Op& op, size_t at) {
  if (grows_variable(op, at)) op.opcode = Opcode::TextAppend;
  for (size_t i : given_operands(op)) {
    if (!counted(op.operands[i])) continue;
    if (may_move(op, i, at)) {
      use(op.operands[i]).owned = false;
    } else if (op.opcode == Opcode::TextAppend) {
      // Nothing to grow in place: joining the two saves the count.
      op.opcode = Opcode::Template;
    } else {
      op.operands[i] = retain(op.operands[i], op.span);
    }
  }
}

void Releases::end_operands(const Op& op, size_t at) {
  for (ValueId operand : op.operands) {
    const ValueId root = roots_[operand.index];
    if (root.valid() && uses_[root.index].owned && uses_[root.index].last == at)
      drop(root, op.span);
  }
}

ValueId Releases::retain(ValueId value, Span span) {
  const Value source = function_.values[value.index];
  function_.values.push_back(source);
  const ValueId made(function_.values.size() - 1);
  roots_.push_back(made);
  uses_.emplace_back();
  Op op;
  op.opcode = Opcode::Retain;
  op.span = span;
  op.operands = {value};
  op.result = made;
  made_.push_back(std::move(op));
  return made;
}

void Releases::drop(ValueId root, Span span) {
  uses_[root.index].owned = false;
  const ValueId copy = uses_[root.index].stands_for;
  Op op;
  op.opcode = Opcode::Drop;
  op.span = span;
  op.operands = {copy.valid() ? copy : root};
  made_.push_back(std::move(op));
}

}  // namespace pflow::ir
