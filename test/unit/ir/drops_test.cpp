#include "test/unit/ir/ir_fixture.h"

namespace pflow::ir {

using DropsTest = IrTest;

TEST_F(DropsTest, LastLoadTakesTheSlot) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  const SlotId draft = b.slot("draft", types_.str);
  b.enter(b.block("entry"));
  b.store(draft, upper(b, b.load(text)));
  b.function().results = {types_.str};
  b.add(Opcode::Return, {b.load(draft)});
  add(b);
  EXPECT_EQ(after(drops), R"(flow @main(%text: str) -> str {
  slot %draft: str

^entry:
  %text.v = slot.load %text : str
  %0 = call @upper(%text.v) : str
  slot.store %draft, %0
  %draft.v = slot.take %draft : str
  return %draft.v
}
)");
}

TEST_F(DropsTest, ParameterThatIsKeptIsRetained) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  b.enter(b.block("entry"));
  b.function().results = {types_.str};
  b.add(Opcode::Return, {b.load(text)});
  add(b);
  EXPECT_EQ(after(drops), R"(flow @main(%text: str) -> str {

^entry:
  %text.v = slot.load %text : str
  %text.v2 = retain %text.v : str
  return %text.v2
}
)");
}

TEST_F(DropsTest, TextOfALoopGrowsInPlace) {
  Builder b = flow();
  const SlotId text = b.slot("text", types_.str);
  b.enter(b.block("entry"));
  const BlockId loop = b.block("loop");
  b.store(text, b.const_text("", types_.str));
  b.jump(loop);
  b.enter(loop);
  b.store(text,
          b.make(Opcode::TextAppend, {b.load(text), b.const_text("x", types_.str)}, types_.str));
  b.jump(loop);
  add(b);
  EXPECT_EQ(after(drops), R"(flow @main() {
  slot %text: str

^entry:
  %0 = const.text "" : str
  slot.store %text, %0
  jump ^loop

^loop:
  %text.v = slot.take %text : str
  %1 = const.text "x" : str
  %2 = text.append %text.v, %1 : str
  slot.store %text, %2
  jump ^loop
}
)");
}

TEST_F(DropsTest, AppendToAValueThatLivesOnJoins) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  b.enter(b.block("entry"));
  b.function().results = {types_.str};
  ValueId value = b.load(text);
  b.add(Opcode::Return, {b.make(Opcode::TextAppend, {value, value}, types_.str)});
  add(b);
  EXPECT_NE(after(drops).find("%0 = template %text.v, %text.v : str"), std::string::npos);
}

TEST_F(DropsTest, UnusedResultIsDroppedAtOnce) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  b.enter(b.block("entry"));
  b.make(Opcode::Template, {b.load(text), b.load(text)}, types_.str);
  b.add(Opcode::Return, {});
  add(b);
  EXPECT_NE(after(drops).find("  %0 = template %text.v, %text.v : str\n  drop %0\n  return\n"),
            std::string::npos);
}

TEST_F(DropsTest, InvokeBorrowsFromASlotThatDiesAfterwards) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  const SlotId answer = b.slot("answer", types_.str);
  b.function().results = {types_.str};
  b.enter(b.block("entry"));
  const BlockId done = b.block("done");
  ask(b, upper(b, b.load(text)), answer, done);
  b.enter(done);
  b.add(Opcode::Return, {b.load(answer)});
  add(b);
  EXPECT_EQ(after(drops), R"(flow @main(%text: str) -> str {
  slot %answer: str
  slot %ask.prompt: str

^entry:
  %text.v = slot.load %text : str
  %0 = call @upper(%text.v) : str
  slot.store %ask.prompt, %0
  %ask.prompt.v = slot.load %ask.prompt : str
  invoke @ask(%ask.prompt.v) -> [answer: %answer] [default: ^done]

^done:
  slot.drop %ask.prompt
  %answer.v = slot.take %answer : str
  return %answer.v
}
)");
}

TEST_F(DropsTest, InvokeThatAnswersIntoItsOwnArgument) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  const SlotId draft = b.slot("draft", types_.str);
  b.enter(b.block("entry"));
  const BlockId loop = b.block("loop");
  b.store(draft, b.load(text));
  b.jump(loop);
  b.enter(loop);
  ask(b, b.load(draft), draft, loop);
  add(b);
  EXPECT_EQ(after(drops), R"(flow @main(%text: str) {
  slot %draft: str
  slot %ask.prompt: str

^entry:
  %text.v = slot.load %text : str
  %text.v2 = retain %text.v : str
  slot.store %draft, %text.v2
  jump ^loop

^loop:
  slot.drop %ask.prompt
  %draft.v = slot.take %draft : str
  slot.store %ask.prompt, %draft.v
  %ask.prompt.v = slot.load %ask.prompt : str
  invoke @ask(%ask.prompt.v) -> [answer: %draft] [default: ^loop]
}
)");
}

TEST_F(DropsTest, SlotThatOneBranchNeedsIsDroppedOnTheOther) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  const SlotId flag = b.param("flag", types_.bool_);
  const SlotId draft = b.slot("draft", types_.str);
  b.function().results = {types_.str};
  b.enter(b.block("entry"));
  const BlockId keep = b.block("keep");
  const BlockId forget = b.block("forget");
  b.store(draft, upper(b, b.load(text)));
  b.branch(b.load(flag), keep, forget);
  b.enter(keep);
  b.add(Opcode::Return, {b.load(draft)});
  b.enter(forget);
  b.add(Opcode::Return, {b.const_text("", types_.str)});
  add(b);
  const std::string text_after = after(drops);
  EXPECT_NE(text_after.find("^forget:\n  slot.drop %draft\n"), std::string::npos) << text_after;
  EXPECT_NE(text_after.find("^keep:\n  %draft.v = slot.take %draft"), std::string::npos);
}

TEST_F(DropsTest, WhatTheErrorEdgeReadsStaysUntilThen) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  const SlotId draft = b.slot("draft", types_.str);
  const SlotId failure = b.slot("error", types_.str);
  b.function().results = {types_.str};
  b.enter(b.block("entry"));
  const BlockId failed = b.block("failed");
  b.set_unwind(failed);
  const BlockId risky = b.block("risky");
  b.set_unwind({});
  b.store(draft, upper(b, b.load(text)));
  b.jump(risky);
  b.enter(risky);
  b.store(failure, upper(b, b.load(draft)));
  b.add(Opcode::Return, {b.load(failure)});
  b.enter(failed);
  b.add(Opcode::Return, {b.load(draft)});
  add(b);
  const std::string text_after = after(drops);
  EXPECT_NE(text_after.find("  %draft.v2 = slot.load %draft : str\n  %1 = call @upper(%draft.v2)"),
            std::string::npos)
      << text_after;
  EXPECT_NE(text_after.find("  slot.drop %draft\n  return"), std::string::npos) << text_after;
}

TEST_F(DropsTest, ValueReadBeforeItsSlotChangesIsCopied) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  const SlotId draft = b.slot("draft", types_.str);
  b.function().results = {types_.str, types_.str};
  b.enter(b.block("entry"));
  b.store(draft, b.load(text));
  ValueId old = b.load(draft);
  b.store(draft, b.const_text("new", types_.str));
  b.add(Opcode::Return, {old, b.load(draft)});
  add(b);
  const std::string text_after = after(drops);
  EXPECT_NE(text_after.find("%draft.v = slot.take %draft"), std::string::npos) << text_after;
}

TEST_F(DropsTest, ListOfTheSameValueTwiceRetainsOnce) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  const TypeId list = types_.list(types_.str);
  b.function().results = {list};
  b.enter(b.block("entry"));
  ValueId value = upper(b, b.load(text));
  b.add(Opcode::Return, {b.make(Opcode::ListMake, {value, value}, list)});
  add(b);
  EXPECT_NE(after(drops).find("  %1 = retain %0 : str\n  %2 = list.make %1, %0 : [str]\n"),
            std::string::npos);
}

TEST_F(DropsTest, CastMovesItsOperand) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  b.function().results = {types_.path};
  b.enter(b.block("entry"));
  b.add(Opcode::Return, {b.make(Opcode::Cast, {upper(b, b.load(text))}, types_.path)});
  add(b);
  const std::string text_after = after(drops);
  EXPECT_EQ(text_after.find("retain"), std::string::npos) << text_after;
  EXPECT_EQ(text_after.find("drop"), std::string::npos) << text_after;
}

}  // namespace pflow::ir
