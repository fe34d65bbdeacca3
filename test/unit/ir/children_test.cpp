// Terminators that start flows or pull from streams: how they print, verify and
// what `drops` makes of them.
#include "test/unit/ir/ir_fixture.h"

namespace pflow::ir {

class ChildrenTest : public IrTest {
 protected:
  /// `flow item(item: str, tone: str) -> str`, function 0.
  void add_item_flow() {
    Builder b = flow("item");
    const SlotId item = b.param("item", types_.str);
    b.param("tone", types_.str);
    b.enter(b.block("entry"));
    b.function().results = {types_.str};
    b.add(Opcode::Return, {upper(b, b.load(item))});
    add(b);
  }
  /// The text of function `name` after `drops`.
  std::string dropped(std::string_view name) {
    expect_sound();
    drops(module_);
    expect_sound();
    const std::string text = print(module_);
    return text.substr(text.find("flow @" + std::string(name)));
  }
  std::string complaints() { return fmt::format("{}", fmt::join(verify(module_), "\n")); }
};

TEST_F(ChildrenTest, EachBorrowsItsListAndCaptures) {
  add_item_flow();
  Builder b = flow();
  const SlotId lines = b.param("lines", types_.list(types_.str));
  const SlotId tone = b.slot("tone", types_.str);
  const SlotId results = b.slot("results", types_.list(types_.str));
  b.enter(b.block("entry"));
  b.store(tone, upper(b, b.const_text("kind", types_.str)));
  const BlockId done = b.block("done");
  Op& each = b.add(Opcode::Each, {b.load(lines), b.load(tone), b.const_int(8)});
  each.callee.function = FunctionId(0);
  each.policies = {Policy::Parallel};
  each.skips = true;
  each.slots = {results, {}, {}};
  each.target = done;
  b.enter(done);
  b.function().results = {types_.list(types_.str)};
  b.add(Opcode::Return, {b.load(results)});
  add(b);
  EXPECT_EQ(dropped("main"), R"(flow @main(%lines: [str]) -> [str] {
  slot %tone: str
  slot %results: [str]

^entry:
  %0 = const.text "kind" : str
  %1 = call @upper(%0) : str
  slot.store %tone, %1
  %lines.v = slot.load %lines : [str]
  %tone.v = slot.load %tone : str
  %2 = const.int 8 : int
  each %lines.v @item(%tone.v) {parallel: %2, skip} -> [results: %results] [default: ^done]

^done:
  slot.drop %tone
  %results.v = slot.take %results : [str]
  return %results.v
}
)");
}

TEST_F(ChildrenTest, ABranchThatSetsAKeyItReadsBorrowsACopy) {
  add_item_flow();
  Builder b = flow();
  const SlotId draft = b.slot("draft", types_.str);
  b.enter(b.block("entry"));
  b.store(draft, b.const_text("", types_.str));
  const BlockId done = b.block("done");
  const ValueId value = b.load(draft);
  Op& par = b.add(Opcode::Par, {value, value});
  par.branches = {{FunctionId(0), 2}};
  par.slots = {draft};
  par.target = done;
  b.enter(done);
  b.function().results = {types_.str};
  b.add(Opcode::Return, {b.load(draft)});
  add(b);
  EXPECT_EQ(dropped("main"), R"(flow @main() -> str {
  slot %draft: str
  slot %par.argument: str

^entry:
  %0 = const.text "" : str
  slot.store %draft, %0
  %draft.v = slot.take %draft : str
  slot.store %par.argument, %draft.v
  %par.argument.v = slot.load %par.argument : str
  par @item(%par.argument.v, %par.argument.v) -> %draft [default: ^done]

^done:
  slot.drop %par.argument
  %draft.v2 = slot.take %draft : str
  return %draft.v2
}
)");
}

TEST_F(ChildrenTest, AStreamIsDroppedBehindItsLoop) {
  Builder b = flow();
  const SlotId words = b.param("words", types_.list(types_.str));
  const SlotId stream = b.slot("stream", types_.stream(types_.str));
  const SlotId word = b.slot("word", types_.str);
  b.enter(b.block("entry"));
  const BlockId next = b.block("next");
  const BlockId item = b.block("item");
  const BlockId done = b.block("done");
  b.store(stream, b.make(Opcode::StreamOf, {b.load(words)}, types_.stream(types_.str)));
  b.jump(next);
  b.enter(next);
  Op& pull = b.add(Opcode::StreamNext, {});
  pull.slot = stream;
  pull.slots = {word};
  pull.target = item;
  pull.target_false = done;
  b.enter(item);
  upper(b, b.load(word));
  b.jump(next);
  b.enter(done);
  b.add(Opcode::Return, {});
  add(b);
  EXPECT_EQ(dropped("main"), R"(flow @main(%words: [str]) {
  slot %stream: stream<str>
  slot %word: str

^entry:
  %words.v = slot.load %words : [str]
  %words.v2 = retain %words.v : [str]
  %0 = stream.of %words.v2 : stream<str>
  slot.store %stream, %0
  jump ^next

^next:
  stream.next %stream -> [item: %word] [item: ^item, end: ^done]

^item:
  %word.v = slot.take %word : str
  call @upper(%word.v)
  drop %word.v
  jump ^next

^done:
  slot.drop %stream
  slot.drop %word
  return
}
)");
}

TEST_F(ChildrenTest, AnInvokeWithPoliciesStaysOne) {
  add_item_flow();
  Builder b = flow();
  const SlotId answer = b.slot("answer", types_.str);
  b.enter(b.block("entry"));
  const BlockId done = b.block("done");
  const ValueId text = b.const_text("x", types_.str);
  Op& call = b.add(Opcode::Invoke, {text, text, b.const_int(3), b.const_duration(1000)});
  call.callee.function = FunctionId(0);
  call.policies = {Policy::Retries, Policy::Timeout};
  call.slots = {answer};
  call.target = done;
  b.enter(done);
  b.add(Opcode::Return, {});
  add(b);
  EXPECT_NE(after(demote).find("invoke @item(%0, %0) {retries: %1, timeout: %2}"),
            std::string::npos)
      << print(module_);
  EXPECT_EQ(suspending_functions(module_), (std::vector<bool>{false, true}));
}

TEST_F(ChildrenTest, PoliciesHaveTheirTypes) {
  add_item_flow();
  Builder b = flow();
  b.enter(b.block("entry"));
  const ValueId text = b.const_text("x", types_.str);
  Op& call = b.add(Opcode::Invoke, {text, text, text});
  call.callee.function = FunctionId(0);
  call.policies = {Policy::Retries};
  call.target = BlockId(0);
  add(b);
  EXPECT_EQ(complaints(), "@main: ^entry: invoke: operand 2: expected `int`, found `str`");
}

TEST_F(ChildrenTest, PoliciesOfTheLanguageAloneAreNoOperands) {
  add_item_flow();
  Builder b = flow();
  b.enter(b.block("entry"));
  const ValueId text = b.const_text("x", types_.str);
  Op& call = b.add(Opcode::Invoke, {text, text, text});
  call.callee.function = FunctionId(0);
  call.policies = {Policy::Fallback};
  call.target = BlockId(0);
  add(b);
  EXPECT_EQ(complaints(), "@main: ^entry: invoke: expected policies of the run time");
}

TEST_F(ChildrenTest, AnItemHasTheTypeOfTheListsElements) {
  add_item_flow();
  Builder b = flow();
  const SlotId numbers = b.param("numbers", types_.list(types_.int_));
  b.enter(b.block("entry"));
  Op& each = b.add(Opcode::Each, {b.load(numbers), b.const_text("x", types_.str)});
  each.callee.function = FunctionId(0);
  each.target = BlockId(0);
  add(b);
  EXPECT_EQ(complaints(), "@main: ^entry: each: item: expected `int`, found `str`");
}

TEST_F(ChildrenTest, ARecordThatHoldsItselfIsBoxed) {
  const TypeId node = types_.record("Node");
  const TypeId next = types_.opt(node);
  types_.set_fields(node, {{"value", {}, types_.int_, {}}, {"next", {}, next, {}}});
  EXPECT_TRUE(types_.is_boxed(next));
  const TypeId pair = types_.record("Pair");
  types_.set_fields(pair, {{"many", {}, types_.list(pair), {}}});
  EXPECT_FALSE(types_.is_boxed(types_.opt(pair)));
  EXPECT_FALSE(types_.is_boxed(types_.opt(types_.str)));
}

TEST_F(ChildrenTest, SumsAreSetsOfRecords) {
  const TypeId a = types_.record("A");
  const TypeId b = types_.record("B");
  EXPECT_EQ(types_.sum({b, a}), types_.sum({a, b, a}));
  EXPECT_EQ(types_.name(types_.opt(types_.sum({b, a}))), "(A | B)?");
  EXPECT_EQ(types_.sum({a}), a);
}

}  // namespace pflow::ir
