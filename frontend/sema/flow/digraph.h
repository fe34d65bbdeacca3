/// Directed graphs over dense node numbers, and what is known of them in
/// general. Nothing here recurses.
#pragma once

#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace pflow::sema {

class Digraph {
 public:
  using Edge = std::pair<uint32_t, uint32_t>;

  Digraph() : offsets_(1, 0) {}
  /// Keeps the order of a node's edges.
  Digraph(size_t size, const std::vector<Edge>& edges);
  [[nodiscard]] Digraph reversed() const;

  [[nodiscard]] size_t size() const { return offsets_.size() - 1; }
  [[nodiscard]] std::span<const uint32_t> successors(uint32_t node) const {
    return {targets_.data() + offsets_[node], offsets_[node + 1] - offsets_[node]};
  }

 private:
  std::vector<uint32_t> offsets_;
  std::vector<uint32_t> targets_;
};

/// Which nodes a walk from `roots` finds, the roots too.
std::vector<bool> reachable_from(const Digraph& graph, std::span<const uint32_t> roots);

/// The nodes that node 0 reaches, each before its successors where no loop forbids it.
std::vector<uint32_t> reverse_postorder(const Digraph& graph);

/// The strongly connected part of every node. An edge between parts leads from a
/// higher number to a lower one.
std::vector<uint32_t> strong_parts(const Digraph& graph);

/// Who dominates whom, from node 0.
class Dominators {
 public:
  Dominators() = default;
  Dominators(const Digraph& graph, const Digraph& reversed);
  /// Reflexive; false for nodes that node 0 does not reach.
  [[nodiscard]] bool dominates(uint32_t above, uint32_t below) const {
    return enter_[above] != 0 && enter_[below] != 0 && enter_[above] <= enter_[below] &&
           leave_[below] <= leave_[above];
  }

 private:
  std::vector<uint32_t> enter_, leave_;  ///< times in a walk of the dominator tree
};

}  // namespace pflow::sema
