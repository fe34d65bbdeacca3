/// Natural names and label.port.
#include <gtest/gtest.h>

#include "flow_source.h"

namespace pflow::sema {
namespace {

using Kind = Natural::Kind;

TEST(FlowOutputs, TheLastWriteOfAPortReaches) {
  FlowSource flow("fetch(p) as one\nread(p) as two\nuse(content) as here");
  ASSERT_TRUE(flow.parsed());
  EXPECT_EQ(flow.natural("content", "one").kind, Kind::None);
  EXPECT_EQ(flow.natural("content", "two").stage, &flow.stage("one"));
  Natural here = flow.natural("content", "here");
  EXPECT_EQ(here.kind, Kind::One);
  EXPECT_EQ(here.stage, &flow.stage("two"));
  EXPECT_EQ(flow.natural("response", "here").kind, Kind::None);
}

TEST(FlowOutputs, TwoBranchesThatWriteAPortAreSeveral) {
  FlowSource flow(
      "choose(p) as gate\n"
      "use(content) as join\n"
      "gate - \"a\" >> fetch(p) >> join\n"
      "gate - \"b\" >> read(p) >> join\n");
  ASSERT_TRUE(flow.parsed());
  EXPECT_EQ(flow.natural("content", "join").kind, Kind::Several);
}

TEST(FlowOutputs, APortOfOneBranchIsPartlySet) {
  FlowSource flow(
      "choose(p) as gate\n"
      "use(content) as join\n"
      "gate - \"a\" >> fetch(p) as one >> join\n"
      "gate - \"b\" >> join\n");
  ASSERT_TRUE(flow.parsed());
  Natural natural = flow.natural("content", "join");
  EXPECT_EQ(natural.kind, Kind::Partly);
  EXPECT_EQ(natural.stage, &flow.stage("one"));
  EXPECT_FALSE(flow.graph().completed_on_every_path(flow.stage("one"), flow.at("join")));
  Witness witness = flow.graph().uncompleted_path(flow.stage("one"), flow.at("join"));
  ASSERT_NE(witness.over, nullptr);
  EXPECT_EQ(witness.over->action, "b");
}

TEST(FlowOutputs, AFailedStageHasNoOutputsEvenIfItRanBefore) {
  FlowSource flow(
      "fetch(p) as one\n"
      "choose(p) as gate\n"
      "gate - \"again\" >> one\n"
      "gate - \"done\" >> end\n"
      "one - \"error\" >> use(content) as handler\n");
  ASSERT_TRUE(flow.parsed());
  EXPECT_EQ(flow.natural("content", "gate").kind, Kind::One);
  EXPECT_EQ(flow.natural("content", "handler").kind, Kind::None);
  EXPECT_TRUE(flow.graph().completed_on_every_path(flow.stage("one"), flow.at("gate")));
  EXPECT_FALSE(flow.graph().completed_on_every_path(flow.stage("one"), flow.at("handler")));
}

TEST(FlowOutputs, AnotherStagesFailureLeavesThemSet) {
  FlowSource flow(
      "fetch(p) as one\n"
      "read(p) as two\n"
      "two - \"error\" >> use(content) as handler\n");
  ASSERT_TRUE(flow.parsed());
  Natural natural = flow.natural("content", "handler");
  EXPECT_EQ(natural.kind, Kind::One);
  EXPECT_EQ(natural.stage, &flow.stage("one"));
}

}  // namespace
}  // namespace pflow::sema
