#include "frontend/sema/flow/digraph.h"

#include <gtest/gtest.h>

#include <random>

namespace pflow::sema {
namespace {

using Edges = std::vector<Digraph::Edge>;

Digraph random_graph(uint32_t size, uint32_t edges, uint32_t seed) {
  std::mt19937 random(seed);
  std::uniform_int_distribution<uint32_t> node(0, size - 1);
  Edges made;
  for (uint32_t i = 0; i < edges; ++i) {
    uint32_t from = node(random);
    made.emplace_back(from, node(random));
  }
  return {size, made};
}

std::vector<bool> from_node(const Digraph& graph, uint32_t node) {
  return reachable_from(graph, {&node, 1});
}

/// The graph without one node's edges: what it dominates cannot be reached then.
Digraph without(const Digraph& graph, uint32_t removed) {
  Edges edges;
  for (uint32_t from = 0; from < graph.size(); ++from) {
    if (from == removed) continue;
    for (uint32_t to : graph.successors(from)) {
      if (to != removed) edges.emplace_back(from, to);
    }
  }
  return {graph.size(), edges};
}

TEST(Digraph, KeepsTheOrderOfEdgesAndReverses) {
  Digraph graph(3, {{0, 2}, {0, 1}, {1, 2}});
  ASSERT_EQ(graph.successors(0).size(), 2u);
  EXPECT_EQ(graph.successors(0)[0], 2u);
  EXPECT_EQ(graph.successors(0)[1], 1u);
  Digraph back = graph.reversed();
  EXPECT_EQ(back.successors(2).size(), 2u);
  EXPECT_TRUE(back.successors(0).empty());
}

TEST(Digraph, DominatorsAgreeWithTheirDefinition) {
  for (uint32_t seed = 0; seed < 40; ++seed) {
    Digraph graph = random_graph(14, 22, seed);
    Dominators dominators(graph, graph.reversed());
    std::vector<bool> reached = from_node(graph, 0);
    for (uint32_t above = 0; above < graph.size(); ++above) {
      std::vector<bool> still = from_node(without(graph, above), 0);
      for (uint32_t below = 0; below < graph.size(); ++below) {
        bool expected =
            reached[above] && reached[below] && (above == below || above == 0 || !still[below]);
        EXPECT_EQ(dominators.dominates(above, below), expected)
            << "seed " << seed << ": " << above << " over " << below;
      }
    }
  }
}

TEST(Digraph, StrongPartsAreMutualReachabilityInTopologicalOrder) {
  for (uint32_t seed = 0; seed < 40; ++seed) {
    Digraph graph = random_graph(14, 20, seed);
    std::vector<uint32_t> part = strong_parts(graph);
    for (uint32_t a = 0; a < graph.size(); ++a) {
      std::vector<bool> reached = from_node(graph, a);
      for (uint32_t b = 0; b < graph.size(); ++b) {
        bool mutual = reached[b] && from_node(graph, b)[a];
        EXPECT_EQ(part[a] == part[b], mutual) << "seed " << seed << ": " << a << ", " << b;
        if (reached[b]) EXPECT_GE(part[a], part[b]);
      }
    }
  }
}

TEST(Digraph, ChainsOfAMillionNodesNeedNoStack) {
  constexpr uint32_t kSize = 1'000'000;
  Edges edges;
  for (uint32_t n = 0; n + 1 < kSize; ++n) edges.emplace_back(n, n + 1);
  edges.emplace_back(kSize - 1, 1);
  Digraph graph(kSize, edges);
  EXPECT_TRUE(Dominators(graph, graph.reversed()).dominates(1, kSize - 1));
  std::vector<uint32_t> part = strong_parts(graph);
  EXPECT_EQ(part[1], part[kSize - 1]);
  EXPECT_NE(part[0], part[1]);
}

}  // namespace
}  // namespace pflow::sema
