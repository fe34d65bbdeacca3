/// What the parts of the verifier share: a place to complain and the function in hand.
#pragma once

#include <fmt/format.h>

#include <string>
#include <vector>

#include "ir/ir.h"

namespace pflow::ir {

struct Verifier {
  const Module& module;
  const Function& function;
  std::vector<std::string>& messages;

  [[nodiscard]] TypeId type(ValueId value) const { return function.values[value.index].type; }
  [[nodiscard]] TypeId operand(const Op& op, size_t index) const {
    return type(op.operands[index]);
  }

  void complain(const Block& block, const Op& op, std::string_view what) const {
    messages.push_back(
        fmt::format("@{}: ^{}: {}: {}", function.name, block.name, op.info().text, what));
  }
  void complain(const Block& block, std::string_view what) const {
    messages.push_back(fmt::format("@{}: ^{}: {}", function.name, block.name, what));
  }
};

/// Operand and result types of one op whose operands exist.
void verify_types(const Verifier& verifier, const Block& block, const Op& op);
/// The ownership rules of ir.h; the function is otherwise sound.
void verify_ownership(const Verifier& verifier);

}  // namespace pflow::ir
