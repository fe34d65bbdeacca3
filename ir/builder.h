/// Builds one function: blocks, slots and ops with names made unique. Ops go to
/// the current block, which is closed by its terminator. An operand that another
/// block has made is carried over: a constant is made again, a load repeated (so a
/// slot must not change between a load and its uses), anything else goes through a
/// slot of its own.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "ir/ir.h"

namespace pflow::ir {

class Builder {
 public:
  Builder(TypeTable& types, FunctionKind kind, std::string name, Span span);

  /// A new slot; `name` gets a number when it is taken. Parameters come first.
  SlotId param(std::string_view name, TypeId type);
  SlotId slot(std::string_view name, TypeId type);

  /// A new, empty block with the current unwind target.
  BlockId block(std::string_view name);
  void enter(BlockId block) { current_ = block; }
  [[nodiscard]] BlockId current() const { return current_; }
  /// Whether the current block still lacks its terminator.
  [[nodiscard]] bool open() const;

  /// The unwind target of blocks made from here on; none: the function fails.
  void set_unwind(BlockId block) { unwind_ = block; }
  [[nodiscard]] BlockId unwind() const { return unwind_; }
  /// The place of the ops made from here on.
  void set_span(Span span) { span_ = span; }
  [[nodiscard]] Span span() const { return span_; }

  /// Any op; the result has `type` unless that is none.
  Op& add(Opcode opcode, std::vector<ValueId> operands, TypeId type = {},
          std::string_view name = {});
  ValueId make(Opcode opcode, std::vector<ValueId> operands, TypeId type,
               std::string_view name = {}) {
    return add(opcode, std::move(operands), type, name).result;
  }

  ValueId const_int(int64_t value);
  ValueId const_bool(bool value);
  ValueId const_duration(int64_t nanoseconds);
  ValueId const_float(double value);
  ValueId const_text(std::string_view text, TypeId type);
  ValueId load(SlotId slot);
  void store(SlotId slot, ValueId value);
  void jump(BlockId target);
  void branch(ValueId condition, BlockId then, BlockId otherwise);

  /// The op that made `value`.
  [[nodiscard]] const Op& definition(ValueId value) const {
    const Place& at = places_[value.index];
    return function_.blocks[at.block.index].ops[at.op];
  }
  [[nodiscard]] TypeId type(ValueId value) const { return function_.values[value.index].type; }
  [[nodiscard]] TypeId type(SlotId slot) const { return function_.slots[slot.index].type; }
  [[nodiscard]] Function& function() { return function_; }
  [[nodiscard]] Function take() { return std::move(function_); }

 private:
  struct Place {
    BlockId block;
    size_t op;
  };

  ValueId local(ValueId value);
  SlotId carrier(ValueId value);
  Op& append(Op op, TypeId type, std::string_view name);
  std::string unique(std::unordered_map<std::string, int>& used, std::string_view name);

  TypeTable& types_;
  Function function_;
  BlockId current_;
  BlockId unwind_;
  Span span_;
  std::vector<Place> places_;  ///< of values
  std::unordered_map<ValueId, SlotId> carriers_;
  std::unordered_map<std::string, int> slot_names_;
  std::unordered_map<std::string, int> block_names_;
};

}  // namespace pflow::ir
