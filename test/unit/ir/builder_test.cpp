#include "test/unit/ir/ir_fixture.h"

namespace pflow::ir {

using BuilderTest = IrTest;

TEST_F(BuilderTest, NamesAreMadeUnique) {
  Builder b = flow();
  b.slot("x", types_.int_);
  b.slot("x.2", types_.int_);
  const SlotId third = b.slot("x", types_.int_);
  EXPECT_EQ(b.function().slots[third.index].name, "x.3");
  b.block("loop");
  EXPECT_EQ(b.function().blocks[b.block("loop").index].name, "loop.2");
}

TEST_F(BuilderTest, ValueOfAnotherBlockIsCarriedThroughASlot) {
  Builder b = flow();
  const SlotId text = b.param("text", types_.str);
  b.function().results = {types_.str, types_.str, types_.int_};
  b.enter(b.block("entry"));
  ValueId loaded = b.load(text);
  ValueId made = upper(b, loaded);
  ValueId constant = b.const_int(7);
  const BlockId next = b.block("next");
  b.jump(next);
  b.enter(next);
  b.add(Opcode::Return, {made, loaded, constant});
  add(b);
  expect_sound();
  EXPECT_NE(print(module_).find(R"(
  slot.store %carried, %0
  jump ^next

^next:
  %carried.v = slot.load %carried : str
  %text.v2 = slot.load %text : str
  %2 = const.int 7 : int
  return %carried.v, %text.v2, %2
)"),
            std::string::npos)
      << print(module_);
}

}  // namespace pflow::ir
