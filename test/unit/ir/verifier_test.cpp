#include "test/unit/ir/ir_fixture.h"

namespace pflow::ir {

class VerifierTest : public IrTest {
 protected:
  std::string messages() { return fmt::format("{}", fmt::join(verify(module_), "\n")); }
};

TEST_F(VerifierTest, BlockWithoutTerminator) {
  Builder b = flow();
  b.enter(b.block("entry"));
  b.const_int(1);
  add(b);
  EXPECT_EQ(messages(), "@main: ^entry: no terminator");
}

TEST_F(VerifierTest, TerminatorInsideABlock) {
  Builder b = flow();
  b.enter(b.block("entry"));
  b.add(Opcode::Return, {});
  b.add(Opcode::Return, {});
  add(b);
  EXPECT_EQ(messages(), "@main: ^entry: return: a terminator inside the block");
}

TEST_F(VerifierTest, ValueOfAnotherBlock) {
  Builder b = flow();
  b.enter(b.block("entry"));
  ValueId flag = b.const_bool(true);
  const BlockId next = b.block("next");
  b.jump(next);
  b.enter(next);
  b.branch(flag, next, next);
  b.function().blocks[next.index].ops.back().operands = {flag};
  add(b);
  EXPECT_EQ(messages(), "@main: ^next: branch: an operand is not a value of this block");
}

TEST_F(VerifierTest, OperandCountsAndTypes) {
  Builder b = flow();
  b.enter(b.block("entry"));
  b.make(Opcode::Not, {b.const_int(1)}, types_.bool_);
  b.make(Opcode::Add, {b.const_int(1), b.const_float(1)}, types_.int_);
  b.add(Opcode::Return, {b.const_int(1)});
  add(b);
  EXPECT_EQ(messages(),
            "@main: ^entry: not: operand 0: expected `bool`, found `int`\n"
            "@main: ^entry: add: operand 1: expected `int`, found `float`\n"
            "@main: ^entry: return: expected one operand a result");
  Op& op = module_.functions[0].blocks[0].ops[1];
  op.operands.clear();
  EXPECT_EQ(messages(), "@main: ^entry: not: expected 1 operands, found 0");
}

TEST_F(VerifierTest, SlotTypes) {
  Builder b = flow();
  const SlotId slot = b.slot("draft", types_.str);
  b.enter(b.block("entry"));
  b.store(slot, b.const_int(1));
  b.add(Opcode::Return, {});
  add(b);
  EXPECT_EQ(messages(), "@main: ^entry: slot.store: operand 0: expected `str`, found `int`");
}

TEST_F(VerifierTest, TargetOutOfRange) {
  Builder b = flow();
  b.enter(b.block("entry"));
  b.jump(BlockId(9));
  add(b);
  EXPECT_EQ(messages(), "@main: ^entry: jump: target out of range");
}

TEST_F(VerifierTest, FailuresAreOfAKnownKindAndTakenAsTheOneRecord) {
  Builder b = flow();
  b.enter(b.block("entry"));
  b.make(Opcode::ErrorTake, {}, types_.record("Error"));
  b.add(Opcode::Fail, {b.const_text("no", types_.str)}).text = "odd";
  add(b);
  EXPECT_EQ(messages(),
            "@main: ^entry: error.take: result: expected `Error`, found `Error`\n"
            "@main: ^entry: fail: expected a kind of error");
}

TEST_F(VerifierTest, CallThatDoesNotFitItsCallee) {
  Builder b = flow();
  b.enter(b.block("entry"));
  upper(b, b.const_int(1));
  b.add(Opcode::Call, {}).callee.node = kUpper;
  b.add(Opcode::Return, {});
  add(b);
  EXPECT_EQ(messages(),
            "@main: ^entry: call: operand 0: expected `str`, found `int`\n"
            "@main: ^entry: call: expected one operand a port");
}

class OwnershipTest : public VerifierTest {
 protected:
  OwnershipTest()
      : b_(flow()), text_(b_.param("text", types_.str)), draft_(b_.slot("draft", types_.str)) {
    module_.ownership_placed = true;
    b_.enter(b_.block("entry"));
  }
  std::string finish() {
    b_.add(Opcode::Return, {});
    add(b_);
    return messages();
  }
  Builder b_;
  SlotId text_;
  SlotId draft_;
};

TEST_F(OwnershipTest, LeakedValue) {
  upper(b_, b_.load(text_));
  EXPECT_EQ(finish(), "@main: ^entry: leaks a value of `str`");
}

TEST_F(OwnershipTest, LeakedSlot) {
  b_.store(draft_, upper(b_, b_.load(text_)));
  EXPECT_EQ(finish(), "@main: ^entry: return: leaks %draft");
}

TEST_F(OwnershipTest, DoubleConsume) {
  ValueId value = upper(b_, b_.load(text_));
  b_.add(Opcode::Drop, {value});
  b_.add(Opcode::Drop, {value});
  EXPECT_EQ(finish(),
            "@main: ^entry: drop: uses a value after its end\n"
            "@main: ^entry: drop: consumes a value twice");
}

TEST_F(OwnershipTest, BorrowedValueConsumed) {
  b_.add(Opcode::Drop, {b_.load(text_)});
  EXPECT_EQ(finish(), "@main: ^entry: drop: consumes a borrowed value");
}

TEST_F(OwnershipTest, ParameterStoredTo) {
  b_.store(text_, b_.const_text("x", types_.str));
  EXPECT_EQ(finish(), "@main: ^entry: slot.store: a parameter is only loaded");
}

TEST_F(OwnershipTest, StoreOverAValue) {
  b_.store(draft_, b_.const_text("x", types_.str));
  b_.store(draft_, b_.const_text("y", types_.str));
  b_.add(Opcode::SlotDrop, {}).slot = draft_;
  EXPECT_EQ(finish(), "@main: ^entry: slot.store: writes %draft, which may hold a value");
}

TEST_F(OwnershipTest, LoadUsedAfterItsSlotIsEmpty) {
  b_.store(draft_, b_.const_text("x", types_.str));
  ValueId value = b_.load(draft_);
  b_.add(Opcode::SlotDrop, {}).slot = draft_;
  b_.make(Opcode::Len, {value}, types_.int_);
  EXPECT_EQ(finish(), "@main: ^entry: len: uses a load of %draft after the slot changed");
}

TEST_F(OwnershipTest, InvokeOperandThatNobodyHolds) {
  const BlockId next = b_.block("next");
  ask(b_, upper(b_, b_.load(text_)), {}, next);
  b_.enter(next);
  EXPECT_EQ(finish(),
            "@main: ^entry: invoke: an operand is not borrowed from a slot\n"
            "@main: ^entry: leaks a value of `str`");
}

}  // namespace pflow::ir
