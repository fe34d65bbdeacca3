/// Builds a FlowGraph from the syntax of a flow.
#pragma once

#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "frontend/sema/flow/flow_shape.h"

namespace pflow::sema {

class FlowBuilder {
 public:
  FlowBuilder(FlowShape& shape, const Interner& names) : shape_(shape), names_(names) {}
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
  /// A `repeat` around the statements in hand: control that leaves it, or its round.
  struct Rounds {
    std::vector<Open> left, continued;
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

  // First pass over a list: labels and the transitions that name them.
  void collect_labels(const ast::Block& block, bool in_list);
  void collect_labels(const ast::Chain& chain, bool in_list);
  void collect_transitions(const ast::Block& list);

  FlowNodeId add_node(FlowNodeKind kind, const Stage* stage = nullptr,
                      const ast::Statement* statement = nullptr);
  /// A node that the open control goes to.
  FlowNodeId next_node(FlowNodeKind kind, const Stage* stage = nullptr,
                       const ast::Statement* statement = nullptr);
  void edge(FlowNodeId from, FlowNodeId to, std::string_view action,
            const Transition* transition = nullptr);
  void go_on(FlowNodeId from) { open_.assign(1, {from, "default"}); }
  void read(FlowNodeId node, const ast::Expr* expr);
  void read_policies(FlowNodeId node, const Stage& stage);
  /// The node's failure leads to the handler, else to `on error`.
  void may_fail(FlowNodeId node, const Handler& handler);
  [[nodiscard]] bool splits(const Handler& handler) const;
  void write(FlowNodeId node, const ast::Name& key);
  FlowNodeId end(EndKind kind, Span span, const Stage* stage,
                 const ast::ReturnStatement* returned = nullptr);
  /// The end that comes when control goes on at the end of a list.
  void end_list(const ast::Block& list, Span otherwise);

  RegionId open_region(RegionKind kind, const Stage* stage, const ast::Block* block, Span span);
  void close_region();
  [[nodiscard]] Region& here() { return shape_.regions_[region_.index]; }

  void build_statements(const ast::Block& block, bool in_list, const Handler& handler);
  void build_statement(const ast::Statement& statement, bool in_list, const Handler& handler);
  void build_setter(const ast::Statement& statement, FlowNodeKind kind, const ast::Name& key,
                    const ast::Expr* value, const Handler& handler);
  void build_return(const ast::ReturnStatement& statement, const Handler& handler);
  void build_stub(const ast::StubStatement& statement);
  void build_assert(const ast::AssertStatement& statement, const Handler& handler);
  void build_on_error(const ast::OnErrorStatement& statement);
  void build_transition(const Transition& transition, bool in_list, const Handler& handler);
  void build_chain(const ast::Chain& chain, const Handler& handler);
  void build_stage(const Stage& stage, const Handler& handler);
  void build_expression_stage(const Stage& stage, const Handler& handler);

  // Stages with bodies (flow_bodies.cpp).
  void build_body_stage(const Stage& stage, const Handler& handler);
  FlowNodeId begin_stage(const Stage& stage, const Handler& handler);
  void complete_stage(const Stage& stage, FlowNodeId begin);
  void build_region(RegionKind kind, const Stage& stage, const ast::Block& block, FlowNodeId from,
                    const Handler& handler);
  void build_block(const Stage& stage, FlowNodeId begin, const Handler& handler);
  void build_par(const Stage& stage, FlowNodeId begin);
  void build_each(const Stage& stage, FlowNodeId begin);
  void build_repeat(const Stage& stage, const Handler& handler);
  void build_round_end(const Stage& stage);
  void build_if(const Stage& stage, FlowNodeId begin, const Handler& handler);
  void build_match(const Stage& stage, FlowNodeId begin, const Handler& handler);
  [[nodiscard]] bool has_policy(const Stage& stage, std::string_view name) const;
  [[nodiscard]] bool fails_itself(const Stage& stage) const;
  [[nodiscard]] bool runs_as_whole(const Stage& stage) const;
  void write_bindings(FlowNodeId node, const Stage& stage);
  void note_branch_output(Symbol port, const Stage& stage);
  Handler handler_of(const Stage& stage, const Handler& outer);
  [[nodiscard]] const Stage* target_of(const ast::Chain& chain, size_t at);
  /// The label as it is seen here; null without.
  [[nodiscard]] LabelInfo* label_named(Symbol name);
  [[nodiscard]] std::string_view callee_text(const Stage& stage) const;

  void link_jumps();
  void link_failures();
  void link_transitions();
  void link_limits();
  void finish_edges();

  FlowShape& shape_;
  const Interner& names_;
  std::vector<Open> open_;
  FlowNodeId last_;                ///< the node made before in this sequence of statements
  std::vector<Arrival> arrivals_;  ///< all edges, not yet by node
  RegionId region_;                ///< the innermost one open
  std::vector<std::pair<FlowNodeId, const Stage*>> jumps_;
  /// Transitions of known labels with their stages, in source order.
  std::vector<std::pair<const Transition*, const Stage*>> listed_;
  std::unordered_map<const Stage*, FlowNodeId> tests_;  ///< of `repeat`: where it may run again
  std::vector<Rounds> rounds_;                          ///< innermost last
  bool has_on_error_ = false;
  FlowNodeId on_error_;              ///< begins the flow's `on error`
  std::vector<FlowNodeId> failing_;  ///< what leads there
  std::unordered_map<const Transition*, FlowNodeId> chain_starts_;
  std::unordered_map<const Stage*, FlowNodeId> failed_;
};

}  // namespace pflow::sema
