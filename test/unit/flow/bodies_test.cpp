/// Paths through stages with bodies: `par`, `each`, `repeat`, `if`, `match`, blocks
/// with policies, `on error`.
#include <gtest/gtest.h>

#include "flow_source.h"

namespace pflow::sema {
namespace {

TEST(FlowBodies, AfterAParAllBranchesHaveSet) {
  FlowSource flow("par { fetch(p) -> a; { fetch(p) -> b } }\nuse(a, b) as after");
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.is_set("a", "after"));
  EXPECT_TRUE(flow.is_set("b", "after"));
}

TEST(FlowBodies, ABranchThatSetsOnOneWayLeavesUnset) {
  FlowSource flow("par { if p == p { let a = 1 }; fetch(p) -> b }\nuse(b) as after");
  ASSERT_TRUE(flow.parsed());
  EXPECT_FALSE(flow.is_set("a", "after"));
  EXPECT_TRUE(flow.may_be_set("a", "after"));
  EXPECT_TRUE(flow.is_set("b", "after"));
}

TEST(FlowBodies, ABranchThatFailsDoesNotHideTheNext) {
  FlowSource flow("par { fail(p); use(p) as second }\nuse(p) as after");
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.graph().reachable(flow.at("second")));
  EXPECT_FALSE(flow.graph().reachable(flow.at("after")));
}

TEST(FlowBodies, OutputsOfTwoBranchesAreAmbiguous) {
  FlowSource flow("par { ask(p); { ask(p) as one } }\nuse(response) as after");
  ASSERT_TRUE(flow.parsed());
  EXPECT_EQ(flow.natural("response", "after").kind, Natural::Kind::Several);
}

TEST(FlowBodies, OutputsOfOneBranchAreKnown) {
  FlowSource flow("par { ask(p); fetch(p) as one }\nuse(content) as after");
  ASSERT_TRUE(flow.parsed());
  Natural natural = flow.natural("content", "after");
  EXPECT_EQ(natural.kind, Natural::Kind::One);
  EXPECT_EQ(natural.stage, &flow.stage("one"));
}

TEST(FlowBodies, KeysOfAnEachDoNotLeaveIt) {
  FlowSource flow("let k = 1\np >> each x { let inner = k\nuse(inner) as in_it }\nuse(p) as after");
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.is_set("k", "in_it"));
  EXPECT_TRUE(flow.is_set("inner", "in_it"));
  EXPECT_FALSE(flow.may_be_set("inner", "after"));
}

TEST(FlowBodies, ItemsEndApartFromTheFlow) {
  FlowSource flow("p >> each x { if x == p { end }\nuse(x) } as work\nuse(p)");
  ASSERT_TRUE(flow.parsed());
  EXPECT_EQ(flow.graph().ends().size(), 1u);
  EXPECT_EQ(flow.graph().item_ends(flow.stage("work")).size(), 2u);
}

TEST(FlowBodies, LabelsOfAnEachAreItsOwn) {
  FlowSource flow("p >> each x { use(x) as step }\np >> each y { use(y) as step }\nuse(p) as step");
  ASSERT_TRUE(flow.parsed());
  size_t own = 0;
  for (const ast::Stage* stage : flow.graph().stages())
    if (flow.graph().label_of(*stage) != nullptr) ++own;
  EXPECT_EQ(own, 3u);
}

TEST(FlowBodies, ARepeatHasRunAtLeastOnce) {
  FlowSource flow("repeat { let k = 1 } until k == 1\nuse(k) as after");
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.is_set("k", "after"));
}

TEST(FlowBodies, ARepeatOverAListMayNotRun) {
  FlowSource flow("repeat x in [1] { let k = 1\nuse(k) as in_it }\nuse(p) as after");
  ASSERT_TRUE(flow.parsed());
  EXPECT_FALSE(flow.is_set("k", "after"));
  EXPECT_TRUE(flow.may_be_set("k", "after"));
  EXPECT_TRUE(flow.graph().in_loop(flow.at("in_it")));
}

TEST(FlowBodies, TheLimitOfARepeatComesAfterItsBody) {
  FlowSource flow("repeat { let k = 1 } until k == 2 as work\nwork - \"limit\" >> use(k) as after");
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.graph().reachable(flow.at("after")));
  EXPECT_TRUE(flow.is_set("k", "after"));
}

TEST(FlowBodies, ArmsJoin) {
  FlowSource flow("if p == p { let a = 1\nlet b = 1 } else { let a = 2 }\nuse(a) as after");
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.is_set("a", "after"));
  EXPECT_FALSE(flow.is_set("b", "after"));
}

TEST(FlowBodies, AnIfWithoutElseMaySetNothing) {
  FlowSource flow("if p == p { let a = 1 }\nuse(p) as after");
  ASSERT_TRUE(flow.parsed());
  EXPECT_FALSE(flow.is_set("a", "after"));
}

TEST(FlowBodies, AnArmThatEndsDoesNotJoin) {
  FlowSource flow("match p { \"a\" => { let k = 1 }, _ => end }\nuse(k) as after");
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.is_set("k", "after"));
}

TEST(FlowBodies, AFallbackStandsForWhatDidNotRun) {
  FlowSource flow("{ fetch(p) -> a } with (fallback: p)\nuse(p) as after");
  ASSERT_TRUE(flow.parsed());
  EXPECT_FALSE(flow.is_set("a", "after"));
}

TEST(FlowBodies, AFailedWholeHasWrittenNothing) {
  FlowSource flow(
      "{ let k = 1\nfetch(p) } with (timeout: 1s) as work\nwork - \"error\" >> use(p) as after");
  ASSERT_TRUE(flow.parsed());
  EXPECT_FALSE(flow.may_be_set("k", "after"));
}

TEST(FlowBodies, OnErrorSeesWhatEveryFailingPointHas) {
  FlowSource flow("let first = 1\nfetch(p) -> second\nuse(second)\non error { use(p) as handler }");
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.is_set("first", "handler"));
  EXPECT_FALSE(flow.is_set("second", "handler"));
  EXPECT_TRUE(flow.may_be_set("second", "handler"));
}

TEST(FlowBodies, EndInABranchIsNoEndOfTheFlow) {
  FlowSource flow("par { { end }; fetch(p) }\nuse(p)");
  ASSERT_TRUE(flow.parsed());
  EXPECT_EQ(flow.graph().held_ends().size(), 1u);
}

}  // namespace
}  // namespace pflow::sema
