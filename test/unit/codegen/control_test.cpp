#include <gtest/gtest.h>

#include "test/unit/codegen/compiled.h"

namespace pflow::test {
namespace {

using ir::Callee;
using ir::FunctionKind;
using ir::Opcode;

TEST(Control, SwitchFollowsTheText) {
  Compiled p;
  ir::Builder b = p.function(FunctionKind::Flow, "main");
  ir::SlotId word = b.param("word", p.types.str);
  b.function().results = {p.types.str};
  b.function().result_names = {"result"};
  b.enter(b.block("entry"));
  ir::ValueId text = b.make(Opcode::Retain, {b.load(word)}, p.types.str);
  ir::BlockId one = b.block("one");
  ir::BlockId two = b.block("two");
  ir::BlockId other = b.block("other");
  ir::Op& op = b.add(Opcode::Switch, {text});
  op.edges = {{"approve", one}, {"revise", two}};
  op.target = other;
  auto answer = [&](ir::BlockId block, const char* said) {
    b.enter(block);
    b.add(Opcode::Return, {b.const_text(said, p.types.str)});
  };
  answer(one, "1");
  answer(two, "2");
  answer(other, "other");
  p.add_entry(b);
  EXPECT_EQ(p.run(2, "approve").out, "1\n");
  EXPECT_EQ(p.run(2, "revise").out, "2\n");
  EXPECT_EQ(p.run(2, "revisf").out, "other\n");
  EXPECT_EQ(p.run(0, "revise").out, "2\n");
}

TEST(Control, FailGivesKindAndMessage) {
  Compiled p;
  ir::Builder b = p.function(FunctionKind::Flow, "main");
  b.enter(b.block("entry"));
  b.set_span(p.line(9));
  ir::ValueId message =
      b.make(Opcode::Template,
             {b.const_text("gave ", p.types.str), b.const_text("up", p.types.str)}, p.types.str);
  b.add(Opcode::Fail, {message}).text = "user";
  p.add_entry(b);
  Ran ran = p.run(2);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("error[PF0917]: gave up"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("flow.pf:9:1"), std::string::npos) << ran.err;
}

TEST(Control, RecursiveFlowsCountTheirDepth) {
  Compiled p;
  ir::FunctionId self(0);
  ir::Builder b = p.function(FunctionKind::Flow, "deeper");
  ir::SlotId n = b.param("n", p.types.int_);
  b.function().results = {p.types.int_};
  ir::BlockId entry = b.block("entry");
  ir::BlockId more = b.block("more");
  ir::BlockId done = b.block("done");
  b.enter(entry);
  b.branch(b.make(Opcode::Lt, {b.const_int(0), b.load(n)}, p.types.bool_), more, done);
  b.enter(more);
  ir::ValueId less = b.make(Opcode::Sub, {b.load(n), b.const_int(1)}, p.types.int_);
  b.add(Opcode::Return, {call(b, Callee{self, {}}, {less}, p.types.int_)});
  b.enter(done);
  b.add(Opcode::Return, {b.const_int(7)});
  p.add(b);
  ir::Builder main = p.function(FunctionKind::Flow, "main");
  ir::SlotId depth = main.param("depth", p.types.int_);
  main.function().results = {p.types.int_};
  main.function().result_names = {"result"};
  main.enter(main.block("entry"));
  ir::ValueId first = call(main, Callee{self, {}}, {main.load(depth)}, p.types.int_);
  main.add(Opcode::Drop, {first});
  // Depth is given back: a second run as deep as the first is fine.
  main.add(Opcode::Return, {call(main, Callee{self, {}}, {main.load(depth)}, p.types.int_)});
  p.add_entry(main);
  EXPECT_EQ(p.run(2, "900").out, "7\n");
  Ran deep = p.run(2, "2000");
  EXPECT_EQ(deep.exit_code, 1);
  EXPECT_NE(deep.err.find("PF0915"), std::string::npos) << deep.err;
}

}  // namespace
}  // namespace pflow::test
