/// Builds a FlowGraph from the syntax of a flow.
#pragma once

#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frontend/sema/flow/flow_graph.h"

namespace pflow::sema {

class FlowGraphBuilder {
 public:
  FlowGraphBuilder(FlowGraph& graph, const Interner& names) : graph_(graph), names_(names) {}
  void build();

 private:
  using Stage = ast::Stage;
  using Transition = ast::TransitionStatement;

  /// Control that goes to the next node made: from a node, or into a transition's chain.
  struct Open {
    FlowNodeId from;
    std::string_view action;
    const Transition* into = nullptr;
  };
  /// What a failure here leads to: the Failed node of `owner`.
  struct Handler {
    const Stage* owner = nullptr;
    FlowNodeId failed;
    const Transition* transition = nullptr;
  };
  struct Arrival {
    FlowNodeId from, to;
    std::string_view action;
    const Transition* transition = nullptr;
  };

  // First pass: labels and the transitions that name them.
  void collect_labels(const ast::Block& block, bool in_list);
  void collect_labels(const ast::Chain& chain, bool in_list);
  void collect_transitions();

  FlowNodeId add_node(FlowNodeKind kind, const Stage* stage = nullptr,
                      const ast::Statement* statement = nullptr);
  /// A node that the open control goes to.
  FlowNodeId next_node(FlowNodeKind kind, const Stage* stage = nullptr,
                       const ast::Statement* statement = nullptr);
  void edge(FlowNodeId from, FlowNodeId to, std::string_view action,
            const Transition* transition = nullptr);
  void go_on(FlowNodeId from) { open_.assign(1, {from, "default"}); }
  void read(FlowNodeId node, const ast::Expr* expr);
  void write(FlowNodeId node, const ast::Name& key);
  void end(EndKind kind, Span span, const Stage* stage,
           const ast::ReturnStatement* returned = nullptr);

  void build_statements(const ast::Block& block, bool in_list, const Handler& handler);
  void build_setter(const ast::Statement& statement, FlowNodeKind kind, const ast::Name& key,
                    const ast::Expr* value, const Handler& handler);
  void build_return(const ast::ReturnStatement& statement, const Handler& handler);
  void build_transition(const Transition& transition, bool in_list, const Handler& handler);
  void build_chain(const ast::Chain& chain, const Handler& handler);
  void build_stage(const Stage& stage, const Handler& handler);
  void build_expression_stage(const Stage& stage, const Handler& handler);
  void build_block_stage(const Stage& stage, const Handler& handler);
  void write_bindings(FlowNodeId node, const Stage& stage);
  Handler handler_of(const Stage& stage, const Handler& outer);
  [[nodiscard]] const Stage* target_of(const ast::Chain& chain, size_t at) const;
  [[nodiscard]] std::string_view callee_text(const Stage& stage) const;

  void link_jumps();
  void link_transitions();
  void link_limits();
  void finish_edges();

  FlowGraph& graph_;
  const Interner& names_;
  std::vector<Open> open_;
  FlowNodeId last_;                ///< the node made before in this sequence of statements
  std::vector<Arrival> arrivals_;  ///< all edges, not yet by node
  std::vector<std::pair<FlowNodeId, const Stage*>> jumps_;
  std::vector<const Transition*> listed_;  ///< transitions of known labels, in source order
  std::unordered_map<const Transition*, FlowNodeId> chain_starts_;
  std::unordered_map<const Stage*, FlowNodeId> failed_;
};

}  // namespace pflow::sema
