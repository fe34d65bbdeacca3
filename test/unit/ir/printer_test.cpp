#include "test/unit/ir/ir_fixture.h"

namespace pflow::ir {

using PrinterTest = IrTest;

TEST_F(PrinterTest, ShowsAModule) {
  Builder b = flow();
  const SlotId topic = b.param("topic", types_.str);
  const SlotId draft = b.slot("draft", types_.str);
  b.function().results = {types_.str};
  b.function().result_names = {"draft"};
  b.enter(b.block("entry"));
  const BlockId failed = b.block("writer_error");
  b.set_unwind(failed);
  const BlockId writer = b.block("writer");
  const BlockId after = b.block("after_writer");
  b.jump(writer);
  b.enter(writer);
  ask(b, b.load(topic), draft, after);
  b.function().blocks[writer.index].ops.back().edges = {{"revise", writer}};
  module_.sites.push_back({.id = "main/writer"});
  b.function().blocks[writer.index].ops.back().site = SiteId(0);
  b.enter(after);
  b.add(Opcode::Return, {b.load(draft)});
  b.enter(failed);
  ValueId message = b.const_text("a \"quoted\"\nline", types_.str);
  b.add(Opcode::Fail, {message}).text = "user";
  add(b);
  module_.entry = FunctionId(0);
  expect_sound();
  EXPECT_EQ(print(module_), R"(node @ask(prompt: str) -> (answer: str) in m async
node @upper(text: str) -> (text: str) in m pure
entry @main

flow @main(%topic: str) -> draft: str {
  slot %draft: str

^entry:
  jump ^writer

^writer_error:
  %0 = const.text "a \"quoted\"\nline" : str
  fail user, %0

^writer unwind ^writer_error:
  %topic.v = slot.load %topic : str
  invoke @ask(%topic.v) -> [answer: %draft] [default: ^after_writer, "revise": ^writer] site "main/writer" unwind ^writer_error

^after_writer unwind ^writer_error:
  %draft.v = slot.load %draft : str
  return %draft.v
}
)");
}

}  // namespace pflow::ir
