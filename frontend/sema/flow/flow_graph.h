/// The control-flow graph of one flow, built from its syntax alone: it knows no
/// types. Sema asks it while it infers types (is this key set on every path to
/// here, which stage's output does this name mean); the checks of
/// flow_checks.h ask it afterwards.
///
///   FlowGraph graph(flow, names, [&](Symbol callee) { return output_names(callee); });
///   FlowNodeId at = graph.node_of(stage);          // where its expression is evaluated
///   for (const Read& read : graph.reads(at)) …     // in order of evaluation
///   graph.set_on_every_path(key, at);              // binding rule (2), unset reads
///   graph.natural(port, at);                       // natural names
///
/// Building and all queries are linear or amortised so, and recurse only over blocks,
/// whose depth the parser bounds.
#pragma once

#include <memory>

#include "frontend/sema/flow/flow_shape.h"
#include "support/interner.h"

namespace pflow::sema {

/// A natural name's meaning at a node.
struct Natural {
  enum class Kind : uint8_t {
    None,     ///< no stage writes such a port before; `stage` does elsewhere, if any does
    One,      ///< `stage` alone, on every path
    Several,  ///< at least `stage` and `other`
    Partly,   ///< `stage` alone, but not on every path
  };
  Kind kind = Kind::None;
  const ast::Stage* stage = nullptr;
  const ast::Stage* other = nullptr;
};

class FlowAnalysis;  // dominators, strongly connected parts, memo of queries

class FlowGraph : public FlowShape {
 public:
  FlowGraph(const ast::FlowDecl& flow, const Interner& names, OutputsOf outputs_of);
  ~FlowGraph();

  // ---- paths -----------------------------------------------------------------
  [[nodiscard]] bool reachable(FlowNodeId node) const;
  /// Whether some way to end (a failing one too) can be reached.
  [[nodiscard]] bool reaches_end(FlowNodeId node) const;
  /// Whether the node can run again after it has run.
  [[nodiscard]] bool in_loop(FlowNodeId node) const;
  [[nodiscard]] bool dominates(FlowNodeId above, FlowNodeId below) const;

  /// The strongly connected part: nodes of one loop have one number.
  [[nodiscard]] uint32_t part(FlowNodeId node) const;

  // ---- keys --------------------------------------------------------------------
  /// Before the node's own writes. True in code that nothing reaches.
  [[nodiscard]] bool set_on_every_path(Symbol name, FlowNodeId node) const;
  [[nodiscard]] bool set_on_some_path(Symbol name, FlowNodeId node) const;
  /// A path to the node on which `name` is not set. Only when there is one.
  [[nodiscard]] Witness unset_path(Symbol name, FlowNodeId node) const;
  /// Another `let` of the same name that reaches this one; null without.
  [[nodiscard]] const ast::LetStatement* earlier_let(const ast::LetStatement& let) const;

  // ---- outputs -------------------------------------------------------------------
  /// In code that nothing reaches: One, if any stage has such a port.
  [[nodiscard]] Natural natural(Symbol port, FlowNodeId node) const;
  /// Whether the stage has completed, and has not failed since, on every path.
  [[nodiscard]] bool completed_on_every_path(const ast::Stage& stage, FlowNodeId node) const;
  [[nodiscard]] Witness uncompleted_path(const ast::Stage& stage, FlowNodeId node) const;

 private:
  [[nodiscard]] bool unsets_again(const ast::Stage& stage) const;
  /// A stage that writes the port at the same time as `writer`, seen from the node after.
  [[nodiscard]] const ast::Stage* writes_at_once(Symbol port, const ast::Stage& writer,
                                                 FlowNodeId node) const;

  std::unique_ptr<FlowAnalysis> analysis_;
};

}  // namespace pflow::sema
