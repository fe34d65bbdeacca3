// What only reads a value is done before the value is changed or its record kept any longer:
// - an op that only reads comes before the first op that changes its operand in place, as in
//   `Sum { items: sum.items + [x], count: sum.items.len() }`;
// - a field is taken out of a record as soon as the record is used in no other way. The record
//   ends there, so that who has the field is its only owner.
#include <algorithm>

#include "ir/passes/drops.h"

namespace pflow::ir {

namespace {

class EarlyReads {
 public:
  EarlyReads(const Module& module, const Function& function)
      : module_(module),
        roots_(function.values.size()),
        made_at_(function.values.size(), 0),
        used_at_(function.values.size(), 0),
        changed_at_(function.values.size(), kNever) {}

  void place(Block& block) {
    find_uses(block);
    std::vector<std::pair<size_t, size_t>> order;  // behind which op, and which op
    for (size_t i = 0; i < block.ops.size(); ++i) {
      const size_t place = place_of(block.ops[i], i);
      if (block.ops[i].result.valid()) made_at_[block.ops[i].result.index] = place;
      order.emplace_back(place, i);
    }
    if (std::ranges::is_sorted(order)) return;
    std::ranges::sort(order);
    std::vector<Op> placed;
    placed.reserve(order.size());
    for (auto [place, i] : order) placed.push_back(std::move(block.ops[i]));
    block.ops = std::move(placed);
  }

 private:
  static constexpr size_t kNever = SIZE_MAX;

  void find_uses(const Block& block) {
    for (size_t i = 0; i < block.ops.size(); ++i) {
      const Op& op = block.ops[i];
      const bool alias = op.info().result == ResultKind::Alias;
      if (op.result.valid())
        roots_[op.result.index] = alias ? roots_[op.operands[0].index] : op.result;
      if (op.opcode == Opcode::RecordGet) continue;
      for (size_t k = 0; k < op.operands.size(); ++k) {
        const size_t root = roots_[op.operands[k].index].index;
        used_at_[root] = i;
        if (may_change(module_, op, k)) changed_at_[root] = std::min(changed_at_[root], i);
      }
    }
  }

  [[nodiscard]] size_t place_of(const Op& op, size_t at) const {
    if (op.opcode == Opcode::RecordGet) {
      const ValueId record = op.operands[0];
      return std::min(at, std::max(made_at_[record.index], used_at_[roots_[record.index].index]));
    }
    const bool reads = op.info().flags == 0 && op.info().consumes == Consumes::None &&
                       op.info().result == ResultKind::Owned;
    return reads ? place_before_change(op, at) : at;
  }

  [[nodiscard]] size_t place_before_change(const Op& op, size_t at) const {
    size_t made = 0, change = at;
    for (ValueId operand : op.operands) {
      made = std::max(made, made_at_[operand.index]);
      change = std::min(change, changed_at_[roots_[operand.index].index]);
    }
    return change < at && made < change ? change - 1 : at;
  }

  const Module& module_;
  std::vector<ValueId> roots_;      ///< by value: what a chain of aliases begins with
  std::vector<size_t> made_at_;     ///< by value: behind which op it is there
  std::vector<size_t> used_at_;     ///< by root: its last use but for a field
  std::vector<size_t> changed_at_;  ///< by root: the first op that may change it
};

}  // namespace

void read_early(const Module& module, Function& function) {
  EarlyReads reads(module, function);
  for (Block& block : function.blocks) reads.place(block);
}

}  // namespace pflow::ir
