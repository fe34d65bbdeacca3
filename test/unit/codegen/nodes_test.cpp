#include <gtest/gtest.h>

#include "test/unit/codegen/compiled.h"

namespace pflow::test {
namespace {

using ir::Callee;
using ir::FunctionKind;
using ir::Opcode;

ir::Builder text_flow(Compiled& p, ir::SlotId& text) {
  ir::Builder b = p.function(FunctionKind::Flow, "main");
  text = b.param("text", p.types.str);
  b.function().results = {p.types.str};
  b.function().result_names = {"result"};
  return b;
}

TEST(Nodes, OutputOfOneIsInputOfTheNext) {
  for (unsigned level : {0U, 2U}) {
    Compiled p;
    ir::NodeId shout = p.node("probe", "shout");
    ir::SlotId text;
    ir::Builder b = text_flow(p, text);
    b.enter(b.block("entry"));
    ir::ValueId once = call(b, Callee{{}, shout}, {b.load(text)}, p.types.str, p.site("shout", 1));
    ir::ValueId twice = call(b, Callee{{}, shout}, {once}, p.types.str, p.site("shout", 2));
    b.add(Opcode::Drop, {once});
    b.add(Opcode::Return, {twice});
    p.add_entry(b);
    Ran ran = p.run(level, "hello");
    EXPECT_EQ(ran.out, "hello!!\n");
    EXPECT_EQ(ran.err, "");
  }
}

TEST(Nodes, FailureShowsTheSite) {
  Compiled p;
  ir::NodeId refuse = p.node("probe", "refuse");
  ir::SlotId text;
  ir::Builder b = text_flow(p, text);
  b.enter(b.block("entry"));
  ir::SiteId site = p.site("refuse", 4);
  b.add(Opcode::Return, {call(b, Callee{{}, refuse}, {b.load(text)}, p.types.str, site)});
  p.add_entry(b);
  Ran ran = p.run(2, "it");
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_EQ(ran.out, "");
  EXPECT_NE(ran.err.find("error[PF0914]: refused it"), std::string::npos) << ran.err;
  EXPECT_NE(ran.err.find("flow.pf:4:1"), std::string::npos) << ran.err;
}

TEST(Nodes, UnwindBlockTakesTheError) {
  Compiled p;
  ir::NodeId refuse = p.node("probe", "refuse");
  ir::SlotId text;
  ir::Builder b = text_flow(p, text);
  ir::BlockId entry = b.block("entry");
  ir::BlockId handler = b.block("handler");
  b.function().blocks[entry.index].unwind = handler;
  b.enter(entry);
  ir::SiteId site = p.site("refuse", 4);
  b.add(Opcode::Return, {call(b, Callee{{}, refuse}, {b.load(text)}, p.types.str, site)});
  b.enter(handler);
  ir::ValueId taken = b.make(Opcode::ErrorTake, {}, p.types.error_record);
  ir::ValueId message = b.make(Opcode::RecordGet, {taken}, p.types.str);
  b.function().blocks[handler.index].ops.back().integer = 0;
  b.add(Opcode::Drop, {taken});
  b.add(Opcode::Return, {message});
  p.add_entry(b);
  Ran ran = p.run(2, "it");
  EXPECT_EQ(ran.out, "refused it\n");
  EXPECT_EQ(ran.exit_code, 0);
}

TEST(Nodes, ActionsLeadToTheirBlocks) {
  Compiled p;
  ir::NodeId decide = p.node("probe", "decide", false, {"no", "maybe"});
  ir::SlotId text;
  ir::Builder b = text_flow(p, text);
  ir::SlotId out = b.slot("out", p.types.str);
  ir::BlockId entry = b.block("entry");
  b.enter(entry);
  ir::ValueId input = b.load(text);
  ir::BlockId yes = b.block("yes");
  ir::BlockId no = b.block("no");
  ir::BlockId maybe = b.block("maybe");
  invoke(b, Callee{{}, decide}, {input}, out, yes, p.site("decide", 1)).edges = {{"no", no},
                                                                                 {"maybe", maybe}};
  auto answer = [&](ir::BlockId block, const char* word) {
    b.enter(block);
    b.add(Opcode::SlotDrop, {}).slot = out;
    b.add(Opcode::Return, {b.const_text(word, p.types.str)});
  };
  answer(yes, "default taken");
  answer(no, "no taken");
  answer(maybe, "maybe taken");
  p.add_entry(b);
  std::string path = p.build(2);
  EXPECT_EQ(p.run(2, "yes").out, "default taken\n");
  EXPECT_EQ(p.run(2, "no").out, "no taken\n");
  EXPECT_EQ(p.run(2, "maybe").out, "maybe taken\n");
}

}  // namespace
}  // namespace pflow::test
