// A field is taken out of a record as soon as the record is used in no other way. The record
// ends there, so that who has the field is its only owner and can change it in place:
// `{ ...all, items: all.items + [x] }`.
#include <algorithm>

#include "ir/passes/drops.h"

namespace pflow::ir {

namespace {

class EarlyFields {
 public:
  explicit EarlyFields(const Function& function)
      : records_(function.values.size()),
        made_at_(function.values.size(), 0),
        used_at_(function.values.size(), 0) {}

  void place(Block& block) {
    find_other_uses(block);
    std::vector<std::pair<size_t, size_t>> order;  // behind which op, and which op
    for (size_t i = 0; i < block.ops.size(); ++i) {
      const Op& op = block.ops[i];
      const size_t place = op.opcode == Opcode::RecordGet ? place_of(op, i) : i;
      if (op.result.valid()) made_at_[op.result.index] = place;
      order.emplace_back(place, i);
    }
    std::ranges::sort(order);
    std::vector<Op> placed;
    placed.reserve(order.size());
    for (auto [place, i] : order) placed.push_back(std::move(block.ops[i]));
    block.ops = std::move(placed);
  }

 private:
  void find_other_uses(const Block& block) {
    for (size_t i = 0; i < block.ops.size(); ++i) {
      const Op& op = block.ops[i];
      const bool alias = op.info().result == ResultKind::Alias;
      if (op.result.valid())
        records_[op.result.index] = alias ? records_[op.operands[0].index] : op.result;
      if (op.opcode == Opcode::RecordGet) continue;
      for (ValueId operand : op.operands) used_at_[records_[operand.index].index] = i;
    }
  }

  [[nodiscard]] size_t place_of(const Op& get, size_t at) const {
    const ValueId value = get.operands[0];
    return std::min(at, std::max(made_at_[value.index], used_at_[records_[value.index].index]));
  }

  std::vector<ValueId> records_;  ///< by value: what a chain of aliases begins with
  std::vector<size_t> made_at_;   ///< by value: behind which op it is there
  std::vector<size_t> used_at_;   ///< by such a beginning: its last use but for a field
};

}  // namespace

void get_fields_early(Function& function) {
  EarlyFields fields(function);
  for (Block& block : function.blocks) fields.place(block);
}

}  // namespace pflow::ir
