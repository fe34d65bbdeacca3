/// FlowBuilder: labels, and the edges that do not follow source order.
#include <algorithm>

#include "frontend/ast/walk.h"
#include "frontend/sema/flow/digraph.h"
#include "frontend/sema/flow/flow_builder.h"

namespace pflow::sema {

using ast::StatementKind;

void FlowBuilder::collect_labels(const ast::Block& block, bool in_list) {
  for (const ast::Statement* statement : block.statements) {
    if (const ast::Chain* chain = chain_of(*statement)) collect_labels(*chain, in_list);
    if (statement->kind == StatementKind::OnError)
      collect_labels(*ast::as<ast::OnErrorStatement>(*statement).body, false);
  }
}

void FlowBuilder::collect_labels(const ast::Chain& chain, bool in_list) {
  RegionId scope = here().scope;
  for (const Stage* stage : chain.stages) {
    if (stage->label.symbol) {
      shape_.labels_.try_emplace(FlowShape::label_place(stage->label.symbol, scope),
                                 LabelInfo{stage, in_list, scope});
    }
    // The body of an `each` is a scope of its own.
    if (stage->kind == ast::StageKind::Each) continue;
    for_each_block(*stage, [&](const ast::Block& block) { collect_labels(block, false); });
  }
}

void FlowBuilder::collect_transitions(const ast::Block& list) {
  RegionId scope = here().scope;
  for (const ast::Statement* statement : list.statements) {
    if (statement->kind != StatementKind::Transition) continue;
    const auto& transition = ast::as<Transition>(*statement);
    auto label = shape_.labels_.find(FlowShape::label_place(transition.label.symbol, scope));
    if (label == shape_.labels_.end() || !label->second.in_list) continue;
    label->second.transitions.push_back(&transition);
    listed_.emplace_back(&transition, label->second.stage);
  }
}

void FlowBuilder::link_jumps() {
  for (const auto& [node, target] : jumps_) edge(node, shape_.node_of(*target), "default");
}

void FlowBuilder::link_transitions() {
  for (const auto& [transition, stage] : listed_) {
    auto start = chain_starts_.find(transition);
    bool is_limit = !transition->any && transition->action == "limit";
    bool is_default = !transition->any && transition->action == "default";
    if (is_limit || start == chain_starts_.end()) continue;
    // What goes on in source order takes no transition: the checks report it.
    if (is_default && !shape_.is_choose(*stage)) continue;
    auto failed = failed_.find(stage);
    if (!transition->any && transition->action == "error" && failed != failed_.end()) {
      edge(failed->second, start->second, "default");
    } else {
      edge(shape_.completed(*stage), start->second,
           transition->any ? std::string_view("_") : transition->action, transition);
    }
  }
}

/// The limit edge of a stage leaves from where control comes back to it: from
/// every arrival that a run of the stage precedes.
void FlowBuilder::link_limits() {
  struct Limit {
    FlowNodeId node;
    const Transition* transition;
  };
  std::unordered_map<FlowNodeId, Limit> limits;  // by the stage's run
  std::vector<Digraph::Edge> edges;
  for (const auto& [transition, stage] : listed_) {
    auto start = chain_starts_.find(transition);
    bool is_limit = !transition->any && transition->action == "limit";
    if (!is_limit || start == chain_starts_.end()) continue;
    if (auto test = tests_.find(stage); test != tests_.end()) {
      edge(test->second, start->second, "limit", transition);
      continue;
    }
    FlowNodeId run = shape_.node_of(*stage);
    auto [limit, is_new] = limits.try_emplace(run, Limit{{}, transition});
    if (is_new) limit->second.node = add_node(FlowNodeKind::Limit, stage);
    edges.emplace_back(run.index, limit->second.node.index);
    edge(limit->second.node, start->second, "default");
  }
  if (limits.empty()) return;
  for (const Arrival& arrival : arrivals_) edges.emplace_back(arrival.from.index, arrival.to.index);
  std::vector<uint32_t> part = strong_parts(Digraph(shape_.nodes_.size(), edges));
  for (size_t i = 0, count = arrivals_.size(); i < count; ++i) {
    Arrival arrival = arrivals_[i];
    auto limit = limits.find(arrival.to);
    if (limit == limits.end() || part[arrival.from.index] != part[arrival.to.index]) continue;
    edge(arrival.from, limit->second.node, "limit", limit->second.transition);
  }
}

void FlowBuilder::link_failures() {
  if (!on_error_) return;
  for (FlowNodeId node : failing_) edge(node, on_error_, "error");
}

void FlowBuilder::finish_edges() {
  auto& nodes = shape_.nodes_;
  for (const Arrival& arrival : arrivals_) {
    ++nodes[arrival.from.index].successor_count;
    ++nodes[arrival.to.index].predecessor_count;
  }
  uint32_t successors = 0;
  uint32_t predecessors = 0;
  for (auto& node : nodes) {
    node.first_successor = successors;
    node.first_predecessor = predecessors;
    successors += node.successor_count;
    predecessors += node.predecessor_count;
    node.successor_count = node.predecessor_count = 0;
  }
  shape_.edges_.resize(arrivals_.size());
  shape_.predecessors_.resize(arrivals_.size());
  for (const Arrival& arrival : arrivals_) {
    auto& from = nodes[arrival.from.index];
    auto& to = nodes[arrival.to.index];
    shape_.edges_[from.first_successor + from.successor_count++] = {arrival.to, arrival.action,
                                                                    arrival.transition};
    shape_.predecessors_[to.first_predecessor + to.predecessor_count++] = arrival.from;
  }
}

}  // namespace pflow::sema
