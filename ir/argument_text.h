/// What a program says of a value before it runs.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "ir/ir.h"

namespace pflow::ir {

/// A value as its source would have it: `in/${name}.txt`.
struct SaidText {
  std::string text;
  bool is_fixed = true;  ///< there is no `${…}` in it
};

class ArgumentText {
 public:
  explicit ArgumentText(const Module& module);

  /// Of a text, number or optional; nothing where the value is `none`, or of another form.
  [[nodiscard]] std::optional<SaidText> of(FunctionId function, ValueId value) const;
  /// Of the elements of a list that is written out; else nothing.
  [[nodiscard]] std::optional<std::vector<SaidText>> of_list(FunctionId function,
                                                             ValueId value) const;

 private:
  /// Where a function is called, when it is from one place alone.
  struct OnlyCall {
    FunctionId caller;
    const Op* op = nullptr;
    size_t calls = 0;
  };
  /// By function: what makes each value, and what is stored in each slot.
  struct Definitions {
    std::vector<const Op*> values;
    std::vector<std::vector<ValueId>> stores;
  };
  /// Where a value comes from, through slots, casts and calls; null: nobody knows, and it is
  /// called `name`.
  struct Origin {
    FunctionId function;
    const Op* op = nullptr;
    std::string name;
  };

  void note_call(FunctionId callee, FunctionId caller, const Op* op);
  void note_calls(FunctionId caller, const Op& op);
  [[nodiscard]] Origin origin(FunctionId function, ValueId value, int depth) const;
  [[nodiscard]] Origin origin_of_slot(FunctionId function, SlotId slot, int depth) const;
  [[nodiscard]] Origin origin_of_field(FunctionId function, const Op& op, int depth) const;
  void add(SaidText& said, FunctionId function, ValueId value, int depth) const;
  void add_op(SaidText& said, const Origin& origin, int depth) const;

  const Module& module_;
  std::vector<Definitions> definitions_;
  std::vector<OnlyCall> calls_;
};

}  // namespace pflow::ir
