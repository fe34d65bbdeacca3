/// A module with two nodes to call, and a short way to print and verify it.
#pragma once

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "ir/builder.h"
#include "ir/passes/passes.h"

namespace pflow::ir {

class IrTest : public ::testing::Test {
 protected:
  IrTest() : module_(types_) {
    Node ask{.name = "ask", .module = "m"};
    ask.ports = {{"prompt", types_.str}};
    ask.outputs = {{"answer", types_.str}};
    ask.async = true;
    module_.nodes.push_back(ask);
    Node upper{.name = "upper", .module = "m"};
    upper.ports = {{"text", types_.str}};
    upper.outputs = {{"text", types_.str}};
    upper.pure = true;
    module_.nodes.push_back(upper);
  }

  Builder flow(std::string_view name = "main") {
    return {types_, FunctionKind::Flow, std::string(name), {}};
  }

  ValueId upper(Builder& b, ValueId text) {
    Op& op = b.add(Opcode::Call, {text}, types_.str);
    op.callee.node = kUpper;
    op.output = 0;
    return op.result;
  }
  void ask(Builder& b, ValueId prompt, SlotId answer, BlockId next) {
    Op& op = b.add(Opcode::Invoke, {prompt});
    op.callee.node = kAsk;
    op.slots = {answer};
    op.target = next;
  }

  void add(Builder& b) { module_.functions.push_back(b.take()); }

  /// The functions' text after `pass`; the module must verify before and after.
  std::string after(void (*pass)(Module&)) {
    expect_sound();
    pass(module_);
    expect_sound();
    const std::string text = print(module_);
    return text.substr(text.find("\nflow ") + 1);
  }
  void expect_sound() {
    EXPECT_EQ(fmt::format("{}", fmt::join(verify(module_), "\n")), "") << print(module_);
  }

  static constexpr NodeId kAsk{0};
  static constexpr NodeId kUpper{1};
  TypeTable types_;
  Module module_;
};

}  // namespace pflow::ir
