/// Flows of 100,000 statements: every query once a statement. What is not about
/// linear here does not end within the time that the test run allows.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include "flow_source.h"

namespace pflow::sema {
namespace {

constexpr int kStatements = 100'000;

/// How many reads of keys are set on every path.
size_t count_set_reads(const FlowGraph& graph) {
  size_t set = 0;
  for (uint32_t n = 0; n < graph.size(); ++n) {
    for (const Read& read : graph.reads(FlowNodeId(n))) {
      if (graph.set_on_every_path(read.name, FlowNodeId(n))) ++set;
    }
  }
  return set;
}

TEST(FlowScale, AChainOfKeys) {
  std::string body = "let k0 = 0\n";
  for (int i = 1; i < kStatements; ++i) body += fmt::format("let k{} = k{} + k0\n", i, i - 1);
  FlowSource flow(body);
  ASSERT_TRUE(flow.parsed());
  EXPECT_EQ(count_set_reads(flow.graph()), 2u * (kStatements - 1));
}

TEST(FlowScale, BranchesThatSetKeysAndJoin) {
  std::string body;
  constexpr int kGates = kStatements / 4;
  for (int i = 0; i < kGates; ++i) {
    body += fmt::format(
        "choose(p) as g{0}\ng{0} - \"a\" >> {{ k{0} = 1 }} >> j{0}\n"
        "g{0} - \"b\" >> {{ k{0} = 2 }} >> j{0}\nuse(k{0}, k{1}) as j{0}\n",
        i, i / 2);
  }
  FlowSource flow(body);
  ASSERT_TRUE(flow.parsed());
  EXPECT_EQ(count_set_reads(flow.graph()), 3u * kGates);
}

TEST(FlowScale, OutputsReadThroughTheWholeFlow) {
  std::string body = "fetch(p) as first\n";
  for (int i = 0; i < kStatements; ++i) body += "use(content)\n";
  FlowSource flow(body);
  ASSERT_TRUE(flow.parsed());
  size_t found = 0;
  for (const ast::Stage* stage : flow.graph().stages()) {
    Natural natural = flow.graph().natural(flow.name("content"), flow.graph().node_of(*stage));
    if (natural.kind == Natural::Kind::One) ++found;
  }
  EXPECT_EQ(found, static_cast<size_t>(kStatements));
}

TEST(FlowScale, JumpsBackToOneStage) {
  std::string body = "use(p) as head\n";
  constexpr int kGates = kStatements / 3;
  for (int i = 0; i < kGates; ++i) {
    body += fmt::format("choose(p) as g{0}\ng{0} - \"back\" >> head\ng{0} - \"on\" >> g{1}\n", i,
                        i + 1);
  }
  body += fmt::format("use(p) as g{}\nhead - \"limit\" >> end\n", kGates);
  FlowSource flow(body);
  ASSERT_TRUE(flow.parsed());
  EXPECT_TRUE(flow.graph().in_loop(flow.at("head")));
  EXPECT_TRUE(flow.graph().dominates(flow.at("g0"), flow.at(fmt::format("g{}", kGates))));
}

TEST(FlowScale, ALongExpression) {
  std::string body = "use([p";
  for (int i = 1; i < kStatements; ++i) body += ", p";
  FlowSource flow(body + "]) as here");
  ASSERT_TRUE(flow.parsed());
  EXPECT_EQ(flow.reads("here").size(), static_cast<size_t>(kStatements));
}

}  // namespace
}  // namespace pflow::sema
