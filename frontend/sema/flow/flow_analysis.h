/// What the queries of a FlowGraph rest on: its shape as a Digraph, the sets of
/// keys, and searches backwards from a node to where an output was written, with
/// their results kept.
#pragma once

#include <cstdint>
#include <span>
#include <unordered_map>
#include <vector>

#include "frontend/sema/flow/digraph.h"
#include "frontend/sema/flow/flow_shape.h"
#include "frontend/sema/flow/key_sets.h"

namespace pflow::sema {

class FlowAnalysis {
 public:
  explicit FlowAnalysis(const FlowShape& shape);

  /// What begins at a node: the key, the port's natural write, the stage's completion.
  struct Fact {
    enum class Kind : uint8_t { Key, Port, Stage } kind;
    Symbol name;                        ///< Key, Port
    const ast::Stage* stage = nullptr;  ///< Stage
    [[nodiscard]] uint64_t id() const;
  };
  /// What the paths to a node say about a fact.
  struct Found {
    bool unset = false;     ///< some path does not set it
    FlowNodeId one, other;  ///< two nodes of different stages that set it
    [[nodiscard]] bool is_plain() const { return !other && (unset != one.valid()); }
    friend bool operator==(const Found&, const Found&) = default;
  };

  [[nodiscard]] KeySets& keys() { return keys_; }
  /// Looks at all paths to `node`. Not for keys.
  Found find(const Fact& fact, FlowNodeId node);
  /// Where a path on which the fact does not hold at `node` leaves those to `setters`.
  [[nodiscard]] Witness witness(const Fact& fact, std::span<const FlowNodeId> setters,
                                FlowNodeId node);

  [[nodiscard]] bool reachable(FlowNodeId node) const { return reachable_[node.index]; }
  [[nodiscard]] bool reaches_end(FlowNodeId node) const { return reaches_end_[node.index]; }
  [[nodiscard]] bool in_loop(FlowNodeId node) const { return in_loop_[node.index]; }
  [[nodiscard]] uint32_t part(FlowNodeId node) const { return part_[node.index]; }
  [[nodiscard]] bool dominates(FlowNodeId above, FlowNodeId below) const {
    return dominators_.dominates(above.index, below.index);
  }

  /// Another let of the same name that reaches this one.
  [[nodiscard]] const ast::LetStatement* earlier_let(Symbol name, FlowNodeId let);

 private:
  enum class Effect : uint8_t { None, Sets, Unsets };
  [[nodiscard]] Effect effect(const Fact& fact, FlowNodeId node) const;
  [[nodiscard]] Effect port_effect(Symbol port, FlowNodeId node) const;
  /// The nodes of a shortest path on which the fact does not hold at `node`, first
  /// node first; empty when there is none.
  [[nodiscard]] std::vector<FlowNodeId> unset_path(const Fact& fact, FlowNodeId node) const;
  void merge(Found& found, FlowNodeId setter) const;

  const FlowShape& shape_;
  Digraph forward_, backward_;
  std::vector<bool> reachable_, reaches_end_, in_loop_;
  std::vector<uint32_t> part_;
  Dominators dominators_;
  KeySets keys_;
  std::unordered_map<uint64_t, std::unordered_map<uint32_t, Found>> found_;
  std::vector<uint32_t> visited_;  ///< by node: the last search that saw it
  uint32_t search_ = 0;
  uint32_t witnesses_ = 0;
  size_t let_steps_ = 0;
};

}  // namespace pflow::sema
