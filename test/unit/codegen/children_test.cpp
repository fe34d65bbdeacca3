// Flows that the runtime starts: each, par, stages with policies.
#include <gtest/gtest.h>

#include "pflow/policy.h"
#include "test/unit/codegen/flow_builder.h"

namespace pflow::test {
namespace {

using ir::Callee;
using ir::Opcode;
using ir::Policy;
using ir::SlotId;

/// `flow double(text, mark) -> twice(text) + mark`; not suspending when `direct`.
ir::FunctionId add_double(Compiled& p, bool direct) {
  FlowBuilder f(p, "double");
  SlotId text = f.b.param("text", p.types.str);
  SlotId mark = f.b.param("mark", p.types.str);
  f.begin({p.types.str});
  SlotId out = f.b.slot("out", p.types.str);
  ir::NodeId node = direct ? p.node("probe", "shout") : p.node("loop", "twice", true);
  f.invoke(Callee{{}, node}, {f.b.load(text)}, out);
  f.give({f.join({f.b.load(out), f.b.load(mark)})});
  return f.add();
}

/// `flow main() -> each item in words { double(item, mark) }`, its three outputs.
void add_each(Compiled& p, ir::FunctionId body, std::vector<std::string_view> words, bool skips) {
  FlowBuilder f(p, "main");
  ir::TypeId strings = p.types.list(p.types.str);
  ir::TypeId problems = p.types.list(p.types.item_error_record);
  f.begin({strings, p.types.int_, problems});
  SlotId results = f.b.slot("results", strings);
  SlotId skipped = f.b.slot("skipped", p.types.int_);
  SlotId errors = f.b.slot("errors", problems);
  SlotId mark = f.b.slot("mark", p.types.str);
  f.b.store(mark, f.join({f.text("-"), f.text("+")}));
  f.then(Opcode::Each, {f.list(words), f.b.load(mark), f.b.const_int(2)}, [&](ir::Op& op) {
    op.callee.function = body;
    op.policies = {Policy::Parallel};
    op.slots = {results, skipped, errors};
    op.skips = skips;
    op.site = p.site("each", 3);
  });
  f.give({f.b.load(results), f.b.load(skipped), f.b.load(errors)});
  f.add_entry();
}

TEST(Children, EachRunsItsFlowForEveryItemInOrder) {
  for (bool direct : {false, true}) {
    Compiled p;
    add_each(p, add_double(p, direct), {"ab", "cd", "ef"}, false);
    Ran ran = p.run(2, "--json");
    const char* expected =
        direct ? R"(["ab!-+","cd!-+","ef!-+"])" : R"(["abab-+","cdcd-+","efef-+"])";
    EXPECT_NE(ran.out.find(expected), std::string::npos) << ran.out << ran.err;
  }
}

TEST(Children, EachKeepsWhatItSkipped) {
  Compiled p;
  add_each(p, add_double(p, false), {"ab", "!cd", "ef"}, true);
  Ran ran = p.run(2, "--json");
  EXPECT_NE(ran.out.find(R"(["abab-+","efef-+"])"), std::string::npos) << ran.out << ran.err;
  EXPECT_NE(ran.out.find("refused"), std::string::npos) << ran.out;
}

TEST(Children, AFailingItemFailsEach) {
  Compiled p;
  add_each(p, add_double(p, false), {"ab", "!cd", "ef"}, false);
  Ran ran = p.run(2);
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_NE(ran.err.find("refused"), std::string::npos) << ran.err;
}

TEST(Children, ParGivesTheResultsOfItsBranches) {
  Compiled p;
  ir::FunctionId waits = add_double(p, false);
  ir::FunctionId direct = add_double(p, true);
  FlowBuilder f(p, "main");
  f.begin({p.types.str});
  SlotId left = f.b.slot("left", p.types.str);
  SlotId right = f.b.slot("right", p.types.str);
  ir::ValueId word = f.text("ab");
  ir::ValueId mark = f.text("-");
  f.then(Opcode::Par, {word, mark, word, mark}, [&](ir::Op& op) {
    op.branches = {{waits, 2}, {direct, 2}};
    op.slots = {left, right};
  });
  f.give({f.join({f.b.load(left), f.b.load(right)})});
  f.add_entry();
  EXPECT_EQ(p.run(2).out, "abab-ab!-\n");
}

/// `main(word) = double(word, "-") with (retries: 2)`, with an unwind block when `caught`.
void add_try(Compiled& p, bool caught) {
  ir::FunctionId stage = add_double(p, false);
  FlowBuilder f(p, "main");
  SlotId word = f.b.param("word", p.types.str);
  f.begin({p.types.str});
  SlotId out = f.b.slot("out", p.types.str);
  ir::BlockId handler = f.b.block("handler");
  if (caught) f.b.function().blocks[f.b.current().index].unwind = handler;
  f.then(Opcode::Invoke, {f.b.load(word), f.text("-"), f.b.const_int(2), f.b.const_duration(5)},
         [&](ir::Op& op) {
           op.callee.function = stage;
           op.policies = {Policy::Retries, Policy::Wait};
           op.slots = {out};
           op.site = p.site("double", 4);
         });
  f.give({f.b.load(out)});
  f.b.enter(handler);
  ir::ValueId taken = f.b.make(Opcode::ErrorTake, {}, p.types.error_record);
  ir::Op& message = f.b.add(Opcode::RecordGet, {taken}, p.types.str);
  ir::ValueId shown = message.result;
  ir::Op& attempt = f.b.add(Opcode::RecordGet, {taken}, p.types.int_);
  attempt.integer = 3;
  ir::ValueId tries = attempt.result;
  f.give({f.join({shown, f.text(" "), f.b.make(Opcode::ToText, {tries}, p.types.str)})});
  f.add_entry();
}

TEST(Children, AStageWithPoliciesGivesItsResult) {
  Compiled p;
  add_try(p, false);
  EXPECT_EQ(p.run(2, "ab").out, "abab-\n");
}

TEST(Children, AStageThatFailsEveryTryFailsAfterTheLast) {
  Compiled p;
  add_try(p, true);
  EXPECT_EQ(p.run(2, "!ab").out, "refused 3\n");
}

TEST(Children, FramesOfAStageWithoutPoliciesHoldNone) {
  Compiled p;
  add_double(p, false);
  FlowBuilder f(p, "main");
  f.begin({});
  f.give({});
  f.add_entry();
  EXPECT_EQ(p.llvm(0).find("pf_policy"), std::string::npos);
}

}  // namespace
}  // namespace pflow::test
