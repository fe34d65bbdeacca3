#include "frontend/sema/flow/digraph.h"

#include <algorithm>

namespace pflow::sema {

Digraph::Digraph(size_t size, const std::vector<Edge>& edges)
    : offsets_(size + 1, 0), targets_(edges.size()) {
  for (const auto& [from, to] : edges) ++offsets_[from + 1];
  for (size_t n = 0; n < size; ++n) offsets_[n + 1] += offsets_[n];
  std::vector<uint32_t> at(offsets_.begin(), offsets_.end() - 1);
  for (const auto& [from, to] : edges) targets_[at[from]++] = to;
}

Digraph Digraph::reversed() const {
  std::vector<Edge> edges;
  edges.reserve(targets_.size());
  for (uint32_t from = 0; from < size(); ++from) {
    for (uint32_t to : successors(from)) edges.emplace_back(to, from);
  }
  return {size(), edges};
}

std::vector<bool> reachable_from(const Digraph& graph, std::span<const uint32_t> roots) {
  std::vector<bool> found(graph.size(), false);
  std::vector<uint32_t> work(roots.begin(), roots.end());
  for (uint32_t root : roots) found[root] = true;
  while (!work.empty()) {
    uint32_t node = work.back();
    work.pop_back();
    for (uint32_t to : graph.successors(node)) {
      if (!found[to]) {
        found[to] = true;
        work.push_back(to);
      }
    }
  }
  return found;
}

std::vector<uint32_t> reverse_postorder(const Digraph& graph) {
  std::vector<uint32_t> order;
  if (graph.size() == 0) return order;
  std::vector<bool> found(graph.size(), false);
  std::vector<std::pair<uint32_t, size_t>> work{{0, 0}};
  found[0] = true;
  while (!work.empty()) {
    auto& [node, next] = work.back();
    auto successors = graph.successors(node);
    if (next == successors.size()) {
      order.push_back(node);
      work.pop_back();
      continue;
    }
    uint32_t to = successors[next++];
    if (found[to]) continue;
    found[to] = true;
    work.emplace_back(to, 0);
  }
  std::reverse(order.begin(), order.end());
  return order;
}

namespace {

/// Tarjan's algorithm with a stack of its own.
class StrongParts {
 public:
  explicit StrongParts(const Digraph& graph)
      : graph_(graph), part_(graph.size(), kNone), time_(graph.size(), 0), low_(graph.size(), 0) {}

  std::vector<uint32_t> run() {
    for (uint32_t node = 0; node < graph_.size(); ++node) {
      if (time_[node] == 0) walk(node);
    }
    return std::move(part_);
  }

 private:
  struct Frame {
    uint32_t node;
    size_t next;
  };
  static constexpr uint32_t kNone = UINT32_MAX;

  void enter(uint32_t node) {
    time_[node] = low_[node] = ++clock_;
    open_.push_back(node);
    frames_.push_back({node, 0});
  }

  void walk(uint32_t root) {
    enter(root);
    while (!frames_.empty()) {
      Frame& frame = frames_.back();
      uint32_t node = frame.node;
      auto successors = graph_.successors(node);
      if (frame.next < successors.size()) {
        uint32_t to = successors[frame.next++];
        if (time_[to] == 0)
          enter(to);
        else if (part_[to] == kNone)
          low_[node] = std::min(low_[node], time_[to]);
        continue;
      }
      frames_.pop_back();
      if (!frames_.empty()) {
        uint32_t parent = frames_.back().node;
        low_[parent] = std::min(low_[parent], low_[node]);
      }
      if (low_[node] == time_[node]) close(node);
    }
  }

  void close(uint32_t root) {
    uint32_t node = kNone;
    do {
      node = open_.back();
      open_.pop_back();
      part_[node] = parts_;
    } while (node != root);
    ++parts_;
  }

  const Digraph& graph_;
  std::vector<uint32_t> part_, time_, low_, open_;
  std::vector<Frame> frames_;
  uint32_t clock_ = 0;
  uint32_t parts_ = 0;
};

/// Lengauer and Tarjan's algorithm in its simple form. Works on numbers of a
/// depth-first walk, from 1; 0 is none.
class DominatorFinder {
 public:
  DominatorFinder(const Digraph& graph, const Digraph& reversed)
      : graph_(graph), reversed_(reversed), number_(graph.size(), 0) {
    walk();
    size_t count = node_.size();
    semi_.resize(count);
    best_.resize(count);
    for (uint32_t n = 0; n < count; ++n) semi_[n] = best_[n] = n;
    ancestor_.assign(count, 0);
    idom_.assign(count, 0);
    find();
  }

  /// Edges of the dominator tree, between nodes.
  [[nodiscard]] std::vector<Digraph::Edge> tree() const {
    std::vector<Digraph::Edge> edges;
    for (uint32_t n = 2; n < node_.size(); ++n) edges.emplace_back(node_[idom_[n]], node_[n]);
    return edges;
  }

 private:
  void walk() {
    node_.push_back(0);
    parent_.push_back(0);
    std::vector<std::pair<uint32_t, uint32_t>> work{{0, 0}};  // node, its parent's number
    while (!work.empty()) {
      auto [node, parent] = work.back();
      work.pop_back();
      if (number_[node] != 0) continue;
      uint32_t number = static_cast<uint32_t>(node_.size());
      number_[node] = number;
      node_.push_back(node);
      parent_.push_back(parent);
      auto successors = graph_.successors(node);
      for (size_t i = successors.size(); i-- > 0;) {
        if (number_[successors[i]] == 0) work.emplace_back(successors[i], number);
      }
    }
  }

  /// The number with the least semidominator on the way up from `n`.
  uint32_t evaluate(uint32_t n) {
    if (ancestor_[n] == 0) return n;
    path_.clear();
    for (uint32_t at = n; ancestor_[ancestor_[at]] != 0; at = ancestor_[at]) path_.push_back(at);
    for (size_t i = path_.size(); i-- > 0;) {
      uint32_t at = path_[i];
      uint32_t above = ancestor_[at];
      if (semi_[best_[above]] < semi_[best_[at]]) best_[at] = best_[above];
      ancestor_[at] = ancestor_[above];
    }
    return best_[n];
  }

  void find() {
    std::vector<std::vector<uint32_t>> waiting(node_.size());
    for (uint32_t n = static_cast<uint32_t>(node_.size()) - 1; n >= 2; --n) {
      for (uint32_t from : reversed_.successors(node_[n])) {
        if (number_[from] == 0) continue;
        semi_[n] = std::min(semi_[n], semi_[evaluate(number_[from])]);
      }
      waiting[semi_[n]].push_back(n);
      ancestor_[n] = parent_[n];
      for (uint32_t below : waiting[parent_[n]]) {
        uint32_t least = evaluate(below);
        idom_[below] = semi_[least] < semi_[below] ? least : parent_[n];
      }
      waiting[parent_[n]].clear();
    }
    for (uint32_t n = 2; n < node_.size(); ++n) {
      if (idom_[n] != semi_[n]) idom_[n] = idom_[idom_[n]];
    }
  }

  const Digraph& graph_;
  const Digraph& reversed_;
  std::vector<uint32_t> number_, node_, parent_, semi_, best_, ancestor_, idom_, path_;
};

}  // namespace

std::vector<uint32_t> strong_parts(const Digraph& graph) { return StrongParts(graph).run(); }

Dominators::Dominators(const Digraph& graph, const Digraph& reversed)
    : enter_(graph.size(), 0), leave_(graph.size(), 0) {
  if (graph.size() == 0) return;
  Digraph tree(graph.size(), DominatorFinder(graph, reversed).tree());
  uint32_t clock = 0;
  std::vector<std::pair<uint32_t, size_t>> work{{0, 0}};
  enter_[0] = ++clock;
  while (!work.empty()) {
    auto& [node, next] = work.back();
    auto children = tree.successors(node);
    if (next < children.size()) {
      uint32_t child = children[next++];
      enter_[child] = ++clock;
      work.emplace_back(child, 0);
    } else {
      leave_[node] = ++clock;
      work.pop_back();
    }
  }
}

}  // namespace pflow::sema
