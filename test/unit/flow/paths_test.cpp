/// The shape of the graph: reads, ends, reachability, loops.
#include <gtest/gtest.h>

#include "flow_source.h"

namespace pflow::sema {
namespace {

using Names = std::vector<std::string>;

TEST(FlowPaths, ReadsAreInOrderOfEvaluation) {
  FlowSource flow(
      "fetch(p) as one\n"
      "use(a + b * c, \"${d} ${one.content}\", x: xs[i].f) as here\n"
      "e ?? f as maybe\n");
  ASSERT_TRUE(flow.parsed());
  EXPECT_EQ(flow.reads("here"), (Names{"a", "b", "c", "d", "one.content", "xs", "i"}));
  EXPECT_EQ(flow.reads("maybe"), (Names{"e?", "f"}));
}

TEST(FlowPaths, NamesBoundInsideAnExpressionAreNotReads) {
  FlowSource flow("xs.map(x => x + y).join({ let z = x\nz + w }) as here\n");
  ASSERT_TRUE(flow.parsed());
  EXPECT_EQ(flow.reads("here"), (Names{"xs", "y", "x", "w"}));
}

TEST(FlowPaths, EveryWayToEndIsListed) {
  FlowSource flow(
      "choose(p) as gate\n"
      "gate - \"a\" >> end\n"
      "gate - \"b\" >> fail(\"no\")\n"
      "gate - \"c\" >> use(p) as last\n"
      "gate - \"d\" >> { return p }\n"
      "gate - \"e\" >> tail\n"
      "use(p) as tail\n");
  ASSERT_TRUE(flow.parsed());
  std::vector<EndKind> kinds;
  for (const FlowEnd& end : flow.graph().ends()) {
    EXPECT_TRUE(flow.graph().reachable(end.node));
    kinds.push_back(end.kind);
    if (end.kind == EndKind::Transition) EXPECT_EQ(end.stage, &flow.stage("last"));
    if (end.kind == EndKind::Last) EXPECT_EQ(end.stage, &flow.stage("tail"));
  }
  EXPECT_EQ(kinds, (std::vector<EndKind>{EndKind::End, EndKind::Fail, EndKind::Transition,
                                         EndKind::Return, EndKind::Last}));
}

TEST(FlowPaths, ChooseDoesNotGoOn) {
  FlowSource flow("choose(p) as gate\nuse(p) as after\ngate - \"a\" >> end");
  ASSERT_TRUE(flow.parsed());
  EXPECT_FALSE(flow.graph().reachable(flow.at("after")));
  EXPECT_EQ(flow.graph().stopper(flow.at("after")), flow.at("gate"));
}

TEST(FlowPaths, TransitionsAreSkippedInSourceOrder) {
  FlowSource flow(
      "fetch(p) as one\n"
      "one - \"error\" >> use(p) as handler\n"
      "use(p) as two\n");
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.graph().dominates(flow.at("one"), flow.at("two")));
  EXPECT_TRUE(flow.graph().reachable(flow.at("handler")));
  EXPECT_FALSE(flow.graph().dominates(flow.at("handler"), flow.at("two")));
}

TEST(FlowPaths, AFailureGoesToTheNearestErrorTransition) {
  FlowSource flow(
      "{ fetch(p) as inner } as block\n"
      "read(p) as plain\n"
      "block - \"error\" >> end\n");
  ASSERT_TRUE(flow.parsed());
  const FlowGraph& graph = flow.graph();
  ASSERT_NE(graph.error_handler(flow.stage("inner")), nullptr);
  EXPECT_EQ(graph.error_handler(flow.stage("inner"))->label.symbol, flow.name("block"));
  EXPECT_EQ(graph.error_handler(flow.stage("plain")), nullptr);
}

TEST(FlowPaths, LoopsAreWhatCanRunAgain) {
  FlowSource flow(
      "fetch(p) as before\n"
      "read(p) as head\n"
      "choose(p) as gate\n"
      "gate - \"again\" >> head\n"
      "gate - \"done\" >> ask(p) as after\n");
  ASSERT_TRUE(flow.parsed());
  const FlowGraph& graph = flow.graph();
  EXPECT_FALSE(graph.in_loop(flow.at("before")));
  EXPECT_TRUE(graph.in_loop(flow.at("head")));
  EXPECT_TRUE(graph.in_loop(flow.at("gate")));
  EXPECT_FALSE(graph.in_loop(flow.at("after")));
  EXPECT_EQ(graph.part(flow.at("head")), graph.part(flow.at("gate")));
  EXPECT_TRUE(graph.reaches_end(flow.at("head")));
}

TEST(FlowPaths, ALoopWithoutWayOutReachesNoEnd) {
  FlowSource flow("fetch(p) as head >> read(p) >> head");
  ASSERT_TRUE(flow.parsed());
  EXPECT_FALSE(flow.graph().reaches_end(flow.at("head")));
  EXPECT_TRUE(flow.graph().ends().empty());
}

TEST(FlowPaths, ABareLastNameIsAJumpOnlyIfItIsALabel) {
  FlowSource flow("fetch(p) as one\nread(p) as two >> one\nread(p) >> p as value");
  ASSERT_TRUE(flow.parsed());
  std::vector<const ast::Stage*> targets;
  for (const ast::Stage* stage : flow.graph().stages()) {
    targets.push_back(flow.graph().jump_target(*stage));
  }
  const ast::Stage* one = &flow.stage("one");
  EXPECT_EQ(targets, (std::vector<const ast::Stage*>{nullptr, nullptr, one, nullptr, nullptr}));
  EXPECT_EQ(flow.graph().label(flow.name("one"))->jumps.size(), 1u);
  EXPECT_FALSE(flow.graph().label(flow.name("two"))->used);
}

}  // namespace
}  // namespace pflow::sema
