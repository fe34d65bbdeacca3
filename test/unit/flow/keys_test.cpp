/// Which keys are set where.
#include <gtest/gtest.h>

#include "flow_source.h"

namespace pflow::sema {
namespace {

TEST(FlowKeys, ParametersAndEarlierSettersAreSet) {
  FlowSource flow("let a = 1\nfetch(p) -> b\nuse(a) as here\nlet c = 2");
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.is_set("p", "here"));
  EXPECT_TRUE(flow.is_set("a", "here"));
  EXPECT_TRUE(flow.is_set("b", "here"));
  EXPECT_FALSE(flow.is_set("c", "here"));
  EXPECT_FALSE(flow.may_be_set("c", "here"));
}

TEST(FlowKeys, AStageDoesNotSeeItsOwnWrite) {
  FlowSource flow("fetch(p) -> b as here");
  ASSERT_TRUE(flow.parsed());
  EXPECT_FALSE(flow.is_set("b", "here"));
  EXPECT_TRUE(flow.graph().is_key(flow.name("b")));
}

TEST(FlowKeys, OneBranchThatMissesTheSetterIsNamed) {
  FlowSource flow(
      "choose(p) as gate\n"
      "use(x) as join\n"
      "gate - \"a\" >> { x = 1 } >> join\n"
      "gate - \"b\" >> join\n");
  ASSERT_TRUE(flow.parsed());
  EXPECT_FALSE(flow.is_set("x", "join"));
  EXPECT_TRUE(flow.may_be_set("x", "join"));
  Witness witness = flow.graph().unset_path(flow.name("x"), flow.at("join"));
  ASSERT_NE(witness.over, nullptr);
  EXPECT_EQ(witness.over->action, "b");
}

TEST(FlowKeys, TheBranchIsNamedEvenIfALaterOneLeadsHere) {
  FlowSource flow(
      "choose(p) as one\n"
      "choose(p) as two\n"
      "use(x) as join\n"
      "one - \"sets\" >> fetch(p) -> x >> two\n"
      "one - \"misses\" >> two\n"
      "two - \"on\" >> join\n"
      "two - \"stop\" >> end\n");
  ASSERT_TRUE(flow.parsed());
  Witness witness = flow.graph().unset_path(flow.name("x"), flow.at("join"));
  ASSERT_NE(witness.over, nullptr);
  EXPECT_EQ(witness.over->action, "misses");
}

TEST(FlowKeys, AllBranchesTogetherSetAKey) {
  FlowSource flow(
      "choose(p) as gate\n"
      "use(x) as join\n"
      "gate - \"a\" >> { x = 1 } >> join\n"
      "gate - _ >> { x = 2 } >> join\n");
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.is_set("x", "join"));
  EXPECT_TRUE(flow.is_set("x", "join")) << "the answer that was kept";
}

TEST(FlowKeys, AFirstArrivalPrecedesWhatTheLoopSets) {
  FlowSource flow(
      "use(x) as head\n"
      "fetch(p) -> x\n"
      "choose(p) as gate\n"
      "gate - \"again\" >> head\n"
      "gate - \"done\" >> end\n");
  ASSERT_TRUE(flow.parsed());
  EXPECT_FALSE(flow.is_set("x", "head"));
  EXPECT_TRUE(flow.may_be_set("x", "head"));
  EXPECT_TRUE(flow.is_set("x", "gate"));
}

TEST(FlowKeys, TheErrorEdgeHasNotTheStagesKeys) {
  FlowSource flow(
      "fetch(p) -> x as first\n"
      "use(x) as after\n"
      "first - \"error\" >> use(p) as handler >> use(p) as last\n");
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.is_set("x", "after"));
  EXPECT_FALSE(flow.may_be_set("x", "handler"));
  EXPECT_FALSE(flow.may_be_set("x", "last"));
}

TEST(FlowKeys, ABlocksErrorEdgeHasWhatEveryFailureFollows) {
  FlowSource flow(
      "let before = 1\n"
      "{ let inner = 2\nfetch(p) -> x\nuse(x) } -> y as work\n"
      "work - \"error\" >> use(p) as handler\n");
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.is_set("before", "handler"));
  EXPECT_FALSE(flow.is_set("inner", "handler"));
  EXPECT_TRUE(flow.may_be_set("x", "handler"));
  EXPECT_FALSE(flow.may_be_set("y", "handler"));
}

TEST(FlowKeys, TheLimitEdgeHasWhatEveryWayBackHasSet) {
  FlowSource flow(
      "fetch(p) -> draft as writer\n"
      "choose(p) as gate\n"
      "gate - \"revise\" >> { note = 1 } >> writer\n"
      "gate - \"polish\" >> writer\n"
      "gate - \"stop\" >> end\n"
      "writer - \"limit\" >> use(draft) as late\n");
  ASSERT_TRUE(flow.parsed());
  EXPECT_FALSE(flow.is_set("draft", "writer"));
  EXPECT_TRUE(flow.is_set("draft", "late"));
  EXPECT_FALSE(flow.is_set("note", "late"));
  EXPECT_TRUE(flow.may_be_set("note", "late"));
}

TEST(FlowKeys, AForwardJumpNeverTakesTheLimitEdge) {
  FlowSource flow(
      "choose(p) as gate\n"
      "fetch(p) -> x\n"
      "use(p) as target\n"
      "gate - \"skip\" >> target\n"
      "gate - \"loop\" >> { x = 1 } >> gate\n"
      "target - \"limit\" >> use(x) as late\n");
  ASSERT_TRUE(flow.parsed());
  EXPECT_FALSE(flow.graph().reachable(flow.at("late")));
}

TEST(FlowKeys, OnlyALetThatReachesIsEarlier) {
  FlowSource flow(
      "choose(p) as gate\n"
      "gate - \"a\" >> { let x = 1 } >> end\n"
      "gate - \"b\" >> { let x = 2\nlet y = 1\nlet y = 2 } >> end\n");
  ASSERT_TRUE(flow.parsed());
  const FlowGraph& graph = flow.graph();
  auto let_at = [&](std::string_view key, size_t i) -> const ast::LetStatement& {
    return ast::as<ast::LetStatement>(*graph.statement(graph.setters(flow.name(key))[i]));
  };
  EXPECT_EQ(graph.earlier_let(let_at("x", 0)), nullptr);
  EXPECT_EQ(graph.earlier_let(let_at("x", 1)), nullptr);
  EXPECT_EQ(graph.earlier_let(let_at("y", 1)), &let_at("y", 0));
}

TEST(FlowKeys, ALetMayRunAgain) {
  FlowSource flow(
      "use(p) as head\n"
      "let x = 1\n"
      "choose(p) as gate\n"
      "gate - \"again\" >> head\n"
      "gate - \"done\" >> end\n");
  ASSERT_TRUE(flow.parsed());
  const FlowGraph& graph = flow.graph();
  FlowNodeId setter = graph.setters(flow.name("x")).front();
  EXPECT_EQ(graph.earlier_let(ast::as<ast::LetStatement>(*graph.statement(setter))), nullptr);
}

}  // namespace
}  // namespace pflow::sema
