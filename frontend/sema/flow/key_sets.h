/// Which keys are set before each node, on every path and on some: a data-flow
/// problem on bits, solved for 64 keys at a time when one of them is asked for.
#pragma once

#include <cstdint>
#include <list>
#include <unordered_map>
#include <vector>

#include "frontend/sema/flow/digraph.h"
#include "frontend/sema/flow/flow_shape.h"

namespace pflow::sema {

/// Keeps the answers of as many groups of keys as fit into a fixed size. Keys are
/// grouped in order of their symbols: asking in that order solves each group once.
class KeySets {
 public:
  KeySets(const FlowShape& shape, const Digraph& forward, const Digraph& backward);

  [[nodiscard]] bool on_every_path(Symbol key, FlowNodeId node);
  [[nodiscard]] bool on_some_path(Symbol key, FlowNodeId node);

 private:
  struct Group {
    uint32_t number;
    std::vector<uint64_t> every, some;  ///< by node: the keys set before it
  };
  static constexpr uint32_t kKeys = 64;

  const Group& group(uint32_t number);
  void solve(Group& group);
  /// Computes the sets of a node anew; whether they changed.
  bool update(Group& group, uint32_t node);
  void mark_writes(uint32_t number);

  const FlowShape& shape_;
  const Digraph& forward_;
  const Digraph& backward_;
  std::vector<uint32_t> order_;       ///< reachable nodes, predecessors first
  std::vector<uint32_t> loop_heads_;  ///< nodes with a predecessor that comes later
  std::vector<bool> reachable_;
  std::vector<uint64_t> writes_;  ///< by node, of the group being solved
  std::vector<Symbol> keys_;
  std::unordered_map<Symbol, uint32_t> numbers_;
  std::list<Group> groups_;  ///< the last used first
  size_t kept_;
};

}  // namespace pflow::sema
