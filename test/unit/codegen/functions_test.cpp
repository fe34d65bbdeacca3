#include <gtest/gtest.h>

#include "test/unit/codegen/compiled.h"

namespace pflow::test {
namespace {

using ir::Callee;
using ir::FunctionKind;
using ir::Opcode;

/// `node fib(n: int) -> int = if n < 2 { n } else { fib(n - 1) + fib(n - 2) }`
ir::FunctionId add_fib(Compiled& p) {
  ir::TypeId integer = p.types.int_;
  ir::FunctionId self(p.module.functions.size());
  ir::Builder b = p.function(FunctionKind::Pure, "fib");
  ir::SlotId n = b.param("n", integer);
  b.function().results = {integer};
  ir::BlockId entry = b.block("entry");
  ir::BlockId base = b.block("base");
  ir::BlockId step = b.block("step");
  b.enter(entry);
  b.branch(b.make(Opcode::Lt, {b.load(n), b.const_int(2)}, p.types.bool_), base, step);
  b.enter(base);
  b.add(Opcode::Return, {b.load(n)});
  b.enter(step);
  auto below = [&](int64_t by) {
    ir::ValueId less = b.make(Opcode::Sub, {b.load(n), b.const_int(by)}, integer);
    return call(b, Callee{self, {}}, {less}, integer);
  };
  ir::ValueId left = below(1);
  ir::ValueId right = below(2);
  b.add(Opcode::Return, {b.make(Opcode::Add, {left, right}, integer)});
  return p.add(b);
}

/// A flow that takes an int and returns `function` of it.
void add_entry_calling(Compiled& p, ir::FunctionId function) {
  ir::Builder b = p.function(FunctionKind::Flow, "main");
  ir::SlotId n = b.param("n", p.types.int_);
  b.function().results = {p.types.int_};
  b.function().result_names = {"result"};
  b.enter(b.block("entry"));
  b.add(Opcode::Return, {call(b, Callee{function, {}}, {b.load(n)}, p.types.int_)});
  p.add_entry(b);
}

TEST(Functions, RecursionComputes) {
  for (unsigned level : {0U, 1U, 2U}) {
    Compiled p;
    add_entry_calling(p, add_fib(p));
    Ran ran = p.run(level, "20");
    EXPECT_EQ(ran.out, "6765\n");
    EXPECT_EQ(ran.err, "");
    EXPECT_EQ(ran.exit_code, 0);
  }
}

TEST(Functions, EndlessRecursionFailsWithLimit) {
  Compiled p;
  ir::FunctionId self(0);
  ir::Builder b = p.function(FunctionKind::Pure, "down");
  ir::SlotId n = b.param("n", p.types.int_);
  b.function().results = {p.types.int_};
  b.enter(b.block("entry"));
  b.set_span(p.line(3));
  ir::ValueId deeper = call(b, Callee{self, {}}, {b.load(n)}, p.types.int_);
  b.add(Opcode::Return, {b.make(Opcode::Add, {deeper, b.load(n)}, p.types.int_)});
  add_entry_calling(p, p.add(b));
  Ran ran = p.run(2, "1");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("PF0915"), std::string::npos) << ran.err;
}

TEST(Functions, OverflowFailsAtItsLine) {
  struct Case {
    Opcode opcode;
    const char* left;
    int64_t right;
    const char* message;
  };
  const Case cases[] = {{Opcode::Add, "9223372036854775807", 1, "64 bits"},
                        {Opcode::Sub, "-9223372036854775807", 2, "64 bits"},
                        {Opcode::Mul, "4611686018427387904", 2, "64 bits"},
                        {Opcode::Div, "7", 0, "zero"},
                        {Opcode::Rem, "7", 0, "zero"},
                        {Opcode::Div, "-9223372036854775808", -1, "64 bits"},
                        {Opcode::Rem, "-9223372036854775808", -1, "64 bits"}};
  for (const Case& at : cases) {
    Compiled p;
    ir::Builder b = p.function(FunctionKind::Pure, "work");
    ir::SlotId n = b.param("n", p.types.int_);
    b.function().results = {p.types.int_};
    b.enter(b.block("entry"));
    b.set_span(p.line(7));
    b.add(Opcode::Return, {b.make(at.opcode, {b.load(n), b.const_int(at.right)}, p.types.int_)});
    add_entry_calling(p, p.add(b));
    Ran ran = p.run(2, std::string("--n=") + at.left);
    EXPECT_EQ(ran.exit_code, 1);
    EXPECT_NE(ran.err.find(at.message), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find("flow.pf:7:1"), std::string::npos) << ran.err;
    EXPECT_NE(ran.err.find("line 7"), std::string::npos) << ran.err;
  }
}

TEST(Functions, FloatRemainderTakesTheDividendsSign) {
  Compiled p;
  ir::Builder b = p.function(FunctionKind::Flow, "main");
  ir::SlotId n = b.param("n", p.types.float_);
  b.function().results = {p.types.float_};
  b.function().result_names = {"result"};
  b.enter(b.block("entry"));
  b.add(Opcode::Return, {b.make(Opcode::Rem, {b.load(n), b.const_float(2.5)}, p.types.float_)});
  p.add_entry(b);
  EXPECT_EQ(p.run(2, "--n=-7").out, "-2.0\n");
}

TEST(Functions, IntegersStayInRegisters) {
  Compiled p;
  add_entry_calling(p, add_fib(p));
  std::string text = p.llvm(2);
  size_t begin = text.find("define hidden fastcc");
  ASSERT_NE(begin, std::string::npos) << text;
  std::string body = text.substr(begin, text.find("\n}", begin) - begin);
  EXPECT_EQ(body.find("alloca"), std::string::npos) << body;
  EXPECT_NE(body.find("sadd.with.overflow"), std::string::npos) << body;
}

/// A chain of `count` functions of a few ops, each called once by the one before it;
/// the last adds up 1 to 10 in a loop.
void add_long_program(Compiled& p, int count) {
  ir::TypeId integer = p.types.int_;
  ir::Builder loop = p.function(FunctionKind::Pure, "sum");
  ir::SlotId limit = loop.param("limit", integer);
  loop.function().results = {integer};
  ir::SlotId i = loop.slot("i", integer);
  ir::SlotId sum = loop.slot("sum", integer);
  ir::BlockId entry = loop.block("entry");
  ir::BlockId body = loop.block("body");
  ir::BlockId done = loop.block("done");
  loop.enter(entry);
  loop.jump(body);
  loop.enter(body);
  loop.store(i, loop.make(Opcode::Add, {loop.load(i), loop.const_int(1)}, integer));
  loop.store(sum, loop.make(Opcode::Add, {loop.load(sum), loop.load(i)}, integer));
  ir::ValueId more = loop.make(Opcode::Lt, {loop.load(i), loop.load(limit)}, p.types.bool_);
  loop.branch(more, body, done);
  loop.enter(done);
  loop.add(Opcode::Return, {loop.load(sum)});
  ir::FunctionId callee = p.add(loop);
  for (int k = 0; k < count; ++k) {
    ir::Builder b = p.function(FunctionKind::Pure, "step" + std::to_string(k));
    ir::SlotId n = b.param("n", integer);
    b.function().results = {integer};
    b.enter(b.block("entry"));
    ir::ValueId result = call(b, Callee{callee, {}}, {b.load(n)}, integer);
    b.add(Opcode::Return, {b.make(Opcode::Add, {result, b.const_int(1)}, integer)});
    callee = p.add(b);
  }
  add_entry_calling(p, callee);
}

TEST(Functions, LongProgramIsCompiledInPartsThatAreTheSameEachTime) {
  Compiled p;
  add_long_program(p, 1500);
  auto objects = [&] {
    codegen::Code code(p.module, p.sources, {});
    code.optimise();
    EXPECT_EQ(code.problem(), "");
    return code.objects();
  };
  const std::vector<std::string> made = objects();
  EXPECT_GT(made.size(), 2U);
  EXPECT_EQ(made, objects());
  for (unsigned level : {0U, 1U, 2U}) EXPECT_EQ(p.run(level, "10").out, "1555\n");
}

TEST(Functions, LongProgramIsOneModuleAsText) {
  Compiled p;
  add_long_program(p, 1500);
  std::string text = p.llvm(2);
  EXPECT_NE(text.find("@node.sum."), std::string::npos);
  EXPECT_NE(text.find("@node.step1499."), std::string::npos);
  EXPECT_EQ(text.find("source_filename", text.find("source_filename") + 1), std::string::npos);
}

TEST(Functions, WhatCanRunMoreThanOnceIsOptimisedApart) {
  Compiled once;
  ir::Builder b = once.function(FunctionKind::Pure, "one");
  b.function().results = {once.types.int_};
  b.enter(b.block("entry"));
  b.add(Opcode::Return, {b.const_int(1)});
  add_entry_calling(once, once.add(b));
  Compiled often;
  add_entry_calling(often, add_fib(often));
  auto count = [](const Compiled& p, unsigned level) {
    return codegen::Code(p.module, p.sources, {.opt_level = level}).objects().size();
  };
  EXPECT_EQ(count(once, 2), 1U);
  EXPECT_EQ(count(often, 2), 2U);
  EXPECT_EQ(count(often, 0), 1U);
}

}  // namespace
}  // namespace pflow::test
