#include <gtest/gtest.h>

#include "test/unit/codegen/flow_builder.h"

namespace pflow::test {
namespace {

using ir::FunctionKind;
using ir::Opcode;
using ir::SlotId;

/// `(mark, item) => (item != "b", item + mark)`
ir::FunctionId add_pipe(Compiled& p) {
  ir::Builder b = p.function(FunctionKind::Pure, "pipe");
  SlotId mark = b.param("mark", p.types.str);
  SlotId item = b.param("item", p.types.str);
  b.function().results = {p.types.bool_, p.types.str};
  b.enter(b.block("entry"));
  ir::ValueId value = b.load(item);
  ir::ValueId keep = b.make(Opcode::Ne, {value, b.const_text("b", p.types.str)}, p.types.bool_);
  b.add(Opcode::Return, {keep, b.make(Opcode::Template, {value, b.load(mark)}, p.types.str)});
  return p.add(b);
}

/// Joins the items of `stream`, which it makes from a list, up to the one that begins
/// with `until`.
class Loop : public FlowBuilder {
 public:
  explicit Loop(Compiled& program) : FlowBuilder(program, "main") { begin({p.types.str}); }

  void join_items(ir::ValueId made) {
    SlotId stream = b.slot("stream", p.types.stream(p.types.str));
    SlotId item = b.slot("item", p.types.str);
    SlotId all = b.slot("all", p.types.str);
    b.store(stream, made);
    b.store(all, text(""));
    ir::BlockId next = b.block("next");
    ir::BlockId body = b.block("body");
    ir::BlockId done = b.block("done");
    b.jump(next);
    b.enter(next);
    ir::Op& pull = b.add(Opcode::StreamNext, {});
    pull.slot = stream;
    pull.slots = {item};
    pull.target = body;
    pull.target_false = done;
    b.enter(body);
    b.store(all, join({b.load(all), b.load(item), text(" ")}));
    b.jump(next);
    b.enter(done);
    give({b.load(all)});
    add_entry();
  }
  ir::ValueId stream_of(std::vector<std::string_view> words) {
    return b.make(Opcode::StreamOf, {list(std::move(words))}, p.types.stream(p.types.str));
  }
};

TEST(Streams, ItemsAreFilteredAndMapped) {
  for (unsigned level : {0U, 2U}) {
    Compiled p;
    ir::FunctionId pipe = add_pipe(p);
    Loop f(p);
    ir::Op& piped = f.b.add(Opcode::StreamPipe,
                            {f.stream_of({"a", "b", "c"}), f.join({f.text("-"), f.text("+")})},
                            p.types.stream(p.types.str));
    piped.callee.function = pipe;
    f.join_items(piped.result);
    EXPECT_EQ(p.run(level).out, "a-+ c-+ \n");
  }
}

TEST(Streams, ListsAreGivenItemByItem) {
  for (unsigned level : {0U, 2U}) {
    Compiled p;
    Loop f(p);
    const ir::TypeId lists = p.types.list(p.types.list(p.types.str));
    const ir::ValueId all = f.b.make(
        Opcode::ListMake, {f.list({"a", "b"}), f.list({}), f.list({"c"}), f.list({})}, lists);
    const ir::ValueId stream =
        f.b.make(Opcode::StreamOf, {all}, p.types.stream(p.types.list(p.types.str)));
    f.join_items(f.b.make(Opcode::StreamFlatten, {stream}, p.types.stream(p.types.str)));
    EXPECT_EQ(p.run(level).out, "a b c \n");
  }
}

TEST(Streams, WhatNoFileHoldsIsReadOnOneCore) {
  for (unsigned level : {0U, 2U}) {
    Compiled p;
    Loop f(p);
    f.join_items(
        f.b.make(Opcode::StreamOnCores, {f.stream_of({"a", "b"})}, p.types.stream(p.types.str)));
    EXPECT_EQ(p.run(level).out, "a b \n");
  }
}

TEST(Streams, AProgramThatWaitsForNothingLinksNoLoop) {
  Compiled p;
  Loop f(p);
  f.join_items(f.stream_of({"a"}));
  std::string llvm = p.llvm(0);
  EXPECT_NE(llvm.find("@pf_sync_loop"), std::string::npos);
  EXPECT_EQ(llvm.find("@pf_loop"), std::string::npos);
}

TEST(Streams, EachRunsAFlowForEveryItem) {
  for (bool direct : {false, true}) {
    Compiled p;
    FlowBuilder body(p, "item");
    SlotId item = body.b.param("item", p.types.str);
    SlotId mark = body.b.param("mark", p.types.str);
    body.begin({p.types.str});
    SlotId out = body.b.slot("out", p.types.str);
    ir::NodeId node = direct ? p.node("probe", "shout") : p.node("loop", "twice", true);
    body.invoke({{}, node}, {body.b.load(item)}, out);
    body.give({body.join({body.b.load(out), body.b.load(mark)})});
    ir::FunctionId flow = body.add();
    Loop f(p);
    ir::Op& each =
        f.b.add(Opcode::StreamEach, {f.stream_of({"a", "b", "c"}), f.text("-"), f.b.const_int(2)},
                p.types.stream(p.types.str));
    each.callee.function = flow;
    each.policies = {ir::Policy::Parallel};
    f.join_items(each.result);
    EXPECT_EQ(p.run(2).out, direct ? "a!- b!- c!- \n" : "aa- bb- cc- \n");
  }
}

}  // namespace
}  // namespace pflow::test
