#include "frontend/sema/flow/flow_analysis.h"

#include <algorithm>

namespace pflow::sema {

namespace {

Digraph digraph_of(const FlowShape& shape) {
  std::vector<Digraph::Edge> edges;
  for (uint32_t n = 0; n < shape.size(); ++n) {
    for (const FlowEdge& edge : shape.successors(FlowNodeId(n)))
      edges.emplace_back(n, edge.to.index);
  }
  return {shape.size(), edges};
}

}  // namespace

FlowAnalysis::FlowAnalysis(const FlowShape& shape)
    : shape_(shape),
      forward_(digraph_of(shape)),
      backward_(forward_.reversed()),
      in_loop_(shape.size(), false),
      part_(strong_parts(forward_)),
      dominators_(forward_, backward_),
      keys_(shape, forward_, backward_),
      visited_(shape.size(), 0) {
  uint32_t entry = shape.entry().index;
  reachable_ = reachable_from(forward_, {&entry, 1});
  std::vector<uint32_t> ends;
  for (uint32_t n = 0; n < shape.size(); ++n) {
    if (shape.kind(FlowNodeId(n)) == FlowNodeKind::End) ends.push_back(n);
  }
  reaches_end_ = reachable_from(backward_, ends);
  for (uint32_t from = 0; from < shape.size(); ++from) {
    for (uint32_t to : forward_.successors(from)) {
      if (part_[from] == part_[to]) in_loop_[from] = in_loop_[to] = true;
    }
  }
}

uint64_t FlowAnalysis::Fact::id() const {
  uint64_t number = kind == Kind::Stage ? stage->id.index : name.index;
  return static_cast<uint64_t>(kind) << 32 | number;
}

// ---- what a node does to a fact ------------------------------------------------

FlowAnalysis::Effect FlowAnalysis::effect(const Fact& fact, FlowNodeId node) const {
  switch (fact.kind) {
    case Fact::Kind::Key:
      for (const ast::Name& key : shape_.writes(node)) {
        if (key.symbol == fact.name) return Effect::Sets;
      }
      return Effect::None;
    case Fact::Kind::Port: return port_effect(fact.name, node);
    case Fact::Kind::Stage:
      if (shape_.stage(node) != fact.stage) return Effect::None;
      if (shape_.kind(node) == FlowNodeKind::Failed) return Effect::Unsets;
      return shape_.completed(*fact.stage) == node ? Effect::Sets : Effect::None;
  }
  return Effect::None;
}

/// On a stage's error edge its outputs are unset. That matters only in a loop,
/// where an earlier run may have set them.
FlowAnalysis::Effect FlowAnalysis::port_effect(Symbol port, FlowNodeId node) const {
  const ast::Stage* stage = shape_.stage(node);
  if (stage == nullptr || stage->kind != ast::StageKind::Expr) return Effect::None;
  bool is_failure = shape_.kind(node) == FlowNodeKind::Failed;
  if (!is_failure && shape_.completed(*stage) != node) return Effect::None;
  if (shape_.kind(node) == FlowNodeKind::End || shape_.kind(node) == FlowNodeKind::Jump) {
    return Effect::None;
  }
  const auto& outputs = shape_.outputs(*stage);
  if (std::find(outputs.begin(), outputs.end(), port) == outputs.end()) return Effect::None;
  if (!is_failure) return Effect::Sets;
  return in_loop(shape_.node_of(*stage)) ? Effect::Unsets : Effect::None;
}

// ---- searches --------------------------------------------------------------------

void FlowAnalysis::merge(Found& found, FlowNodeId setter) const {
  if (!setter) return;
  if (!found.one || found.one == setter)
    found.one = setter;
  else if (!found.other)
    found.other = setter;
}

FlowAnalysis::Found FlowAnalysis::find(const Fact& fact, FlowNodeId node) {
  auto& known = found_[fact.id()];
  if (auto before = known.find(node.index); before != known.end()) return before->second;
  Found found;
  ++search_;
  std::vector<uint32_t> work{node.index};
  visited_[node.index] = search_;
  for (size_t next = 0; next < work.size(); ++next) {
    uint32_t at = work[next];
    if (auto before = known.find(at); before != known.end()) {
      found.unset |= before->second.unset;
      merge(found, before->second.one);
      merge(found, before->second.other);
      continue;
    }
    if (at == shape_.entry().index) found.unset = true;
    for (uint32_t from : backward_.successors(at)) {
      if (!reachable_[from]) continue;
      Effect effect = this->effect(fact, FlowNodeId(from));
      if (effect == Effect::Sets)
        merge(found, FlowNodeId(from));
      else if (effect == Effect::Unsets)
        found.unset = true;
      else if (visited_[from] != search_) {
        visited_[from] = search_;
        work.push_back(from);
      }
    }
  }
  // A plain answer holds for everything that the search passed through.
  if (found.is_plain()) {
    for (uint32_t at : work) known.emplace(at, found);
  } else {
    known.emplace(node.index, found);
  }
  return found;
}

std::vector<FlowNodeId> FlowAnalysis::unset_path(const Fact& fact, FlowNodeId node) const {
  constexpr uint32_t kNone = UINT32_MAX;
  std::vector<uint32_t> next(shape_.size(), kNone);
  std::vector<uint32_t> work{node.index};
  next[node.index] = node.index;
  auto path_from = [&](uint32_t first) {
    std::vector<FlowNodeId> path{FlowNodeId(first)};
    for (uint32_t at = first; at != node.index; at = next[at]) path.emplace_back(next[at]);
    return path;
  };
  for (size_t i = 0; i < work.size(); ++i) {
    uint32_t at = work[i];
    if (at == shape_.entry().index) return path_from(at);
    for (uint32_t from : backward_.successors(at)) {
      if (!reachable_[from] || next[from] != kNone) continue;
      Effect effect = this->effect(fact, FlowNodeId(from));
      if (effect == Effect::Sets) continue;
      next[from] = at;
      if (effect == Effect::Unsets) return path_from(from);
      work.push_back(from);
    }
  }
  return {};
}

Witness FlowAnalysis::witness(const Fact& fact, std::span<const FlowNodeId> setters,
                              FlowNodeId node) {
  constexpr uint32_t kWitnesses = 100;
  if (++witnesses_ > kWitnesses) return {};
  std::vector<uint32_t> roots;
  for (FlowNodeId setter : setters) roots.push_back(setter.index);
  std::vector<bool> can_set = reachable_from(backward_, roots);
  std::vector<FlowNodeId> path = unset_path(fact, node);
  Witness last;
  for (size_t i = path.size(); i-- > 1;) {
    FlowNodeId from = path[i - 1];
    const ast::TransitionStatement* over = nullptr;
    for (const FlowEdge& edge : shape_.successors(from)) {
      if (edge.to == path[i]) over = edge.transition;
    }
    if (last.over == nullptr) last.over = over;
    if (can_set[from.index] && !can_set[path[i].index]) return {over, shape_.stage(from)};
  }
  if (last.over == nullptr && !path.empty() && shape_.kind(path.front()) == FlowNodeKind::Failed) {
    last.over = shape_.error_handler(*shape_.stage(path.front()));
  }
  return last;
}

// ---- lets ------------------------------------------------------------------------

const ast::LetStatement* FlowAnalysis::earlier_let(Symbol name, FlowNodeId let) {
  // Seldom does any setter reach a let; then a search tells whether it is a let.
  if (shape_.setters(name).size() < 2 || !reachable(let)) return nullptr;
  if (!keys_.on_some_path(name, let)) return nullptr;
  constexpr size_t kSteps = 50'000'000;  // of all searches in a flow
  ++search_;
  std::vector<uint32_t> work{let.index};
  visited_[let.index] = search_;
  for (size_t i = 0; i < work.size() && let_steps_ < kSteps; ++i, ++let_steps_) {
    for (uint32_t from : backward_.successors(work[i])) {
      if (!reachable_[from] || visited_[from] == search_) continue;
      visited_[from] = search_;
      work.push_back(from);
      const ast::Statement* statement = shape_.statement(FlowNodeId(from));
      bool is_let = statement != nullptr && statement->kind == ast::StatementKind::Let;
      if (is_let && effect({Fact::Kind::Key, name}, FlowNodeId(from)) == Effect::Sets) {
        return &ast::as<ast::LetStatement>(*statement);
      }
    }
  }
  return nullptr;
}

}  // namespace pflow::sema
