#include <gtest/gtest.h>

#include "test/unit/codegen/compiled.h"

namespace pflow::test {
namespace {

using ir::Callee;
using ir::FunctionKind;
using ir::Opcode;

struct Flow {
  ir::Builder b;
  ir::SlotId text;
};

Flow text_flow(Compiled& p, const char* name) {
  ir::Builder b = p.function(FunctionKind::Flow, name);
  ir::SlotId text = b.param("text", p.types.str);
  b.function().results = {p.types.str};
  b.function().result_names = {"result"};
  b.enter(b.block("entry"));
  return {std::move(b), text};
}

/// An invoke that goes on in a new block.
void invoke_then(ir::Builder& b, Callee callee, ir::SlotId in, ir::SlotId out, ir::SiteId site) {
  ir::ValueId input = b.load(in);
  ir::BlockId next = b.block("next");
  invoke(b, callee, {input}, out, next, site);
  b.enter(next);
}

void take_and_return(ir::Builder& b, ir::SlotId slot, ir::TypeId type) {
  ir::Op& take = b.add(Opcode::SlotTake, {}, type);
  take.slot = slot;
  ir::ValueId taken = take.result;
  b.add(Opcode::Return, {taken});
}

/// `flow NAME(text) -> twice(text) >> twice`
ir::Builder quadruple(Compiled& p, const char* name, ir::NodeId twice) {
  Flow flow = text_flow(p, name);
  ir::Builder& b = flow.b;
  ir::SlotId once = b.slot("once", p.types.str);
  ir::SlotId again = b.slot("again", p.types.str);
  invoke_then(b, Callee{{}, twice}, flow.text, once, p.site("twice", 1));
  invoke_then(b, Callee{{}, twice}, once, again, p.site("twice", 2));
  b.add(Opcode::SlotDrop, {}).slot = once;
  take_and_return(b, again, p.types.str);
  return std::move(b);
}

TEST(Suspension, GoesOnWhereItWaited) {
  for (unsigned level : {0U, 2U}) {
    for (std::string word : {"ab", "now"}) {
      Compiled p;
      ir::Builder b = quadruple(p, "main", p.node("loop", "twice", true));
      p.add_entry(b);
      EXPECT_EQ(p.run(level, word).out, word + word + word + word + "\n");
    }
  }
}

TEST(Suspension, ChildFlowGivesItsResult) {
  for (const char* word : {"ab", "now"}) {
    Compiled p;
    ir::NodeId twice = p.node("loop", "twice", true);
    ir::Builder child = quadruple(p, "child", twice);
    Callee callee{p.add(child), {}};
    Flow flow = text_flow(p, "main");
    ir::SlotId first = flow.b.slot("first", p.types.str);
    ir::SlotId second = flow.b.slot("second", p.types.str);
    invoke_then(flow.b, callee, flow.text, first, p.site("child", 3));
    invoke_then(flow.b, callee, flow.text, second, p.site("child", 4));
    ir::ValueId left = flow.b.load(first);
    ir::ValueId both = flow.b.make(Opcode::Template, {left, flow.b.load(second)}, p.types.str);
    flow.b.add(Opcode::SlotDrop, {}).slot = first;
    flow.b.add(Opcode::SlotDrop, {}).slot = second;
    flow.b.add(Opcode::Return, {both});
    p.add_entry(flow.b);
    std::string once(word);
    std::string expected;
    for (int i = 0; i < 8; ++i) expected += once;
    EXPECT_EQ(p.run(2, word).out, expected + "\n");
  }
}

TEST(Suspension, FailureOfAPendingNodeReachesTheRoot) {
  Compiled p;
  ir::NodeId twice = p.node("loop", "twice", true);
  ir::Builder child = quadruple(p, "child", twice);
  Callee callee{p.add(child), {}};
  Flow flow = text_flow(p, "main");
  ir::SlotId out = flow.b.slot("out", p.types.str);
  invoke_then(flow.b, callee, flow.text, out, p.site("child", 3));
  take_and_return(flow.b, out, p.types.str);
  p.add_entry(flow.b);
  Ran ran = p.run(2, std::string(40, 'x'));
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("too long"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("flow.pf:2:1"), std::string::npos) << ran.err;
}

TEST(Suspension, UnwindAfterAFailureKeepsTheStore) {
  Compiled p;
  ir::NodeId twice = p.node("loop", "twice", true);
  Flow flow = text_flow(p, "main");
  ir::Builder& b = flow.b;
  ir::SlotId kept = b.slot("kept", p.types.str);
  ir::SlotId out = b.slot("out", p.types.str);
  b.store(kept, b.make(Opcode::Template, {b.const_text("kept ", p.types.str), b.load(flow.text)},
                       p.types.str));
  ir::BlockId handler = b.block("handler");
  b.function().blocks[b.current().index].unwind = handler;
  invoke_then(b, Callee{{}, twice}, kept, out, p.site("twice", 1));
  b.add(Opcode::SlotDrop, {}).slot = kept;
  take_and_return(b, out, p.types.str);
  b.enter(handler);
  b.add(Opcode::Drop, {b.make(Opcode::ErrorTake, {}, p.types.error_record)});
  take_and_return(b, kept, p.types.str);
  p.add_entry(b);
  std::string longer(65, 'x');
  EXPECT_EQ(p.run(2, longer).out, "kept " + longer + "\n");
}

TEST(Suspension, NumbersLiveAcrossIt) {
  // A loop of five waits that sums 0..4.
  Compiled p;
  ir::NodeId twice = p.node("loop", "twice", true, {"empty"});
  ir::Builder b = p.function(FunctionKind::Flow, "main");
  b.function().results = {p.types.int_};
  b.function().result_names = {"result"};
  ir::SlotId i = b.slot("i", p.types.int_);
  ir::SlotId sum = b.slot("sum", p.types.int_);
  ir::SlotId out = b.slot("out", p.types.str);
  ir::BlockId entry = b.block("entry");
  ir::BlockId loop = b.block("loop");
  ir::BlockId add = b.block("add");
  ir::BlockId done = b.block("done");
  ir::BlockId never = b.block("never");
  b.enter(entry);
  b.jump(loop);
  b.enter(loop);
  invoke(b, Callee{{}, twice}, {b.const_text("", p.types.str)}, out, never, p.site("twice", 1))
      .edges = {{"empty", add}};
  b.enter(add);
  b.add(Opcode::SlotDrop, {}).slot = out;
  b.store(sum, b.make(Opcode::Add, {b.load(sum), b.load(i)}, p.types.int_));
  b.store(i, b.make(Opcode::Add, {b.load(i), b.const_int(1)}, p.types.int_));
  b.branch(b.make(Opcode::Lt, {b.load(i), b.const_int(5)}, p.types.bool_), loop, done);
  b.enter(done);
  b.add(Opcode::Return, {b.load(sum)});
  b.enter(never);
  b.add(Opcode::SlotDrop, {}).slot = out;
  b.add(Opcode::Return, {b.const_int(-1)});
  p.add_entry(b);
  EXPECT_EQ(p.run(2).out, "10\n");
}

}  // namespace
}  // namespace pflow::test
