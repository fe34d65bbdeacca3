#include "test/unit/ir/ir_fixture.h"

namespace pflow::ir {

using PassesTest = IrTest;

TEST_F(PassesTest, SimplifyJoinsBlocksAndRemovesWhatNothingReaches) {
  Builder b = flow();
  b.enter(b.block("entry"));
  const BlockId hop = b.block("hop");
  const BlockId last = b.block("last");
  const BlockId lost = b.block("lost");
  b.jump(hop);
  b.enter(hop);
  b.jump(last);
  b.enter(last);
  b.add(Opcode::Return, {});
  b.enter(lost);
  b.jump(last);
  add(b);
  EXPECT_EQ(after(simplify), "flow @main() {\n\n^entry:\n  return\n}\n");
}

TEST_F(PassesTest, SimplifyKeepsBlocksThatFailDifferently) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  b.enter(b.block("entry"));
  const BlockId failed = b.block("failed");
  b.set_unwind(failed);
  const BlockId risky = b.block("risky");
  b.set_unwind({});
  upper(b, b.load(text));
  b.jump(risky);
  b.enter(risky);
  upper(b, b.load(text));
  b.add(Opcode::Return, {});
  b.enter(failed);
  b.add(Opcode::Return, {});
  add(b);
  EXPECT_NE(after(simplify).find("^risky unwind ^failed:"), std::string::npos);
}

TEST_F(PassesTest, SimplifySurvivesALoopOfJumps) {
  Builder b = flow();
  b.enter(b.block("entry"));
  const BlockId loop = b.block("loop");
  b.jump(loop);
  b.enter(loop);
  b.jump(loop);
  add(b);
  EXPECT_EQ(after(simplify),
            "flow @main() {\n\n^entry:\n  jump ^loop\n\n^loop:\n  jump ^loop\n}\n");
}

TEST_F(PassesTest, SimplifyLeadsPastAChoiceThatIsMade) {
  Builder b = flow();
  const SlotId flag = b.param("flag", types_.bool_);
  const SlotId action = b.slot("action", types_.str);
  b.enter(b.block("entry"));
  const BlockId more = b.block("more");
  const BlockId done = b.block("done");
  const BlockId choose = b.block("choose");
  const BlockId end = b.block("end");
  b.branch(b.load(flag), more, done);
  for (const auto& [block, text] : {std::pair(more, "more"), std::pair(done, "done")}) {
    b.enter(block);
    b.store(action, b.const_text(text, types_.str));
    b.jump(choose);
  }
  b.enter(choose);
  Op& op = b.add(Opcode::Switch, {b.load(action)});
  op.target = more;
  op.edges = {{"done", end}};
  b.enter(end);
  b.add(Opcode::Return, {});
  add(b);
  const std::string text = after(simplify);
  EXPECT_EQ(text.find("switch"), std::string::npos) << text;
  EXPECT_NE(text.find("  slot.store %action, %0\n  jump ^more\n"), std::string::npos) << text;
}

TEST_F(PassesTest, DemoteTurnsInvokeOfASynchronousNodeIntoCall) {
  module_.nodes[kAsk.index].async = false;
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  b.enter(b.block("entry"));
  const BlockId next = b.block("next");
  ask(b, b.load(text), {}, next);
  b.enter(next);
  b.add(Opcode::Return, {});
  add(b);
  EXPECT_NE(after(demote).find("  call @ask(%text.v)\n  jump ^next\n"), std::string::npos);
}

TEST_F(PassesTest, DemoteKeepsInvokesThatReachAnAsyncNode) {
  Builder inner = flow("inner");
  const SlotId text = inner.param("text", types_.str);
  inner.enter(inner.block("entry"));
  const BlockId next = inner.block("next");
  ask(inner, inner.load(text), {}, next);
  inner.enter(next);
  inner.add(Opcode::Return, {});
  add(inner);
  Builder outer = flow("outer");
  outer.enter(outer.block("entry"));
  const BlockId done = outer.block("done");
  Op& op = outer.add(Opcode::Invoke, {outer.const_text("x", types_.str)});
  op.callee.function = FunctionId(0);
  op.target = done;
  outer.enter(done);
  outer.add(Opcode::Return, {});
  add(outer);
  EXPECT_NE(after(demote).find("invoke @inner("), std::string::npos);
  EXPECT_EQ(suspending_functions(module_), (std::vector<bool>{true, true}));
}

TEST_F(PassesTest, FoldConstantsJoinsTemplatePieces) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  b.function().results = {types_.str};
  b.enter(b.block("entry"));
  ValueId number = b.make(Opcode::ToText, {b.const_int(3)}, types_.str);
  ValueId joined =
      b.make(Opcode::Template,
             {b.const_text("a", types_.str), number, b.const_text("", types_.str), b.load(text)},
             types_.str);
  b.add(Opcode::Return, {joined});
  add(b);
  module_.functions[0].blocks[0].ops.front().text = "a";
  EXPECT_NE(after(fold_constants).find("const.text \"a3\" : str\n"), std::string::npos);
}

TEST_F(PassesTest, FoldConstantsLeavesWhatFails) {
  Builder b = flow();
  b.function().results = {types_.int_, types_.int_};
  b.enter(b.block("entry"));
  ValueId big = b.const_int(INT64_MAX);
  ValueId overflow = b.make(Opcode::Add, {big, b.const_int(1)}, types_.int_);
  ValueId six = b.make(Opcode::Mul, {b.const_int(2), b.const_int(3)}, types_.int_);
  b.add(Opcode::Return, {overflow, six});
  add(b);
  const std::string text = after(fold_constants);
  EXPECT_NE(text.find(" = add "), std::string::npos) << text;
  EXPECT_NE(text.find("const.int 6 : int"), std::string::npos) << text;
}

TEST_F(PassesTest, FoldConstantsTurnsABranchIntoAJump) {
  Builder b = flow();
  b.enter(b.block("entry"));
  const BlockId yes = b.block("yes");
  const BlockId no = b.block("no");
  b.branch(b.make(Opcode::Lt, {b.const_int(1), b.const_int(2)}, types_.bool_), yes, no);
  b.enter(yes);
  b.add(Opcode::Return, {});
  b.enter(no);
  b.add(Opcode::Return, {});
  add(b);
  EXPECT_NE(after(fold_constants).find("  jump ^yes\n"), std::string::npos);
}

TEST_F(PassesTest, SlotsGivesWayToTheStoredValue) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  const SlotId once = b.slot("once", types_.str);
  const SlotId never = b.slot("never", types_.str);
  b.function().results = {types_.str};
  b.enter(b.block("entry"));
  b.store(never, b.load(text));
  b.store(once, upper(b, b.load(text)));
  b.add(Opcode::Return, {b.load(once)});
  add(b);
  EXPECT_EQ(after(slots), R"(flow @main(%text: str) -> str {

^entry:
  %text.v = slot.load %text : str
  %0 = call @upper(%text.v) : str
  return %0
}
)");
}

TEST_F(PassesTest, DropsIsLast) { EXPECT_EQ(all_passes().back().name, "drops"); }

}  // namespace pflow::ir
