#include "frontend/sema/flow/flow_graph.h"

#include <algorithm>

#include "frontend/sema/flow/flow_analysis.h"
#include "frontend/sema/flow/flow_builder.h"

namespace pflow::sema {

using Fact = FlowAnalysis::Fact;

FlowGraph::FlowGraph(const ast::FlowDecl& flow, const Interner& names, OutputsOf outputs_of)
    : FlowShape(flow, std::move(outputs_of)) {
  FlowBuilder(*this, names).build();
  analysis_ = std::make_unique<FlowAnalysis>(*this);
}

FlowGraph::~FlowGraph() = default;

// ---- paths -----------------------------------------------------------------------

bool FlowGraph::reachable(FlowNodeId node) const { return analysis_->reachable(node); }

bool FlowGraph::reaches_end(FlowNodeId node) const { return analysis_->reaches_end(node); }

bool FlowGraph::in_loop(FlowNodeId node) const { return analysis_->in_loop(node); }

bool FlowGraph::dominates(FlowNodeId above, FlowNodeId below) const {
  return analysis_->dominates(above, below);
}

uint32_t FlowGraph::part(FlowNodeId node) const { return analysis_->part(node); }

// ---- keys ------------------------------------------------------------------------

bool FlowGraph::set_on_every_path(Symbol name, FlowNodeId node) const {
  if (!reachable(node)) return true;
  constexpr size_t kTried = 8;  // most keys have one setter, before all reads
  std::span<const FlowNodeId> setters = this->setters(name);
  for (FlowNodeId setter : setters.first(std::min(setters.size(), kTried))) {
    if (setter != node && dominates(setter, node)) return true;
  }
  return !setters.empty() && analysis_->keys().on_every_path(name, node);
}

bool FlowGraph::set_on_some_path(Symbol name, FlowNodeId node) const {
  if (!is_key(name)) return false;
  return !reachable(node) || analysis_->keys().on_some_path(name, node);
}

Witness FlowGraph::unset_path(Symbol name, FlowNodeId node) const {
  return analysis_->witness({Fact::Kind::Key, name}, setters(name), node);
}

const ast::LetStatement* FlowGraph::earlier_let(const ast::LetStatement& let) const {
  FlowNodeId node = node_of(static_cast<const ast::Statement&>(let));
  if (!node) return nullptr;
  // A let whose failure is handled is written where it completes, the next node.
  if (writes(node).empty()) node = FlowNodeId(node.index + 1);
  return analysis_->earlier_let(let.let.name.symbol, node);
}

// ---- outputs -----------------------------------------------------------------------

Natural FlowGraph::natural(Symbol port, FlowNodeId node) const {
  auto writers = natural_.find(port);
  if (writers == natural_.end()) return {};
  if (!reachable(node)) return {Natural::Kind::One, stage(writers->second.front())};
  // Branches of a `par` are laid one after the other: the last hides none of the others.
  auto one = [&](FlowNodeId writer) {
    const ast::Stage* other = writes_at_once(port, *stage(writer), node);
    auto kind = other != nullptr ? Natural::Kind::Several : Natural::Kind::One;
    return Natural{kind, stage(writer), other};
  };
  if (FlowNodeId writer = writers->second.front(); writers->second.size() == 1) {
    if (!unsets_again(*stage(writer)) && writer != node && dominates(writer, node)) {
      return {Natural::Kind::One, stage(writer)};
    }
  }
  FlowAnalysis::Found found = analysis_->find({Fact::Kind::Port, port}, node);
  if (!found.one) return {Natural::Kind::None, stage(writers->second.front())};
  Natural natural = one(found.one);
  if (natural.kind == Natural::Kind::Several) return natural;
  if (found.other) {
    natural.kind = Natural::Kind::Several;
    natural.other = stage(found.other);
  } else if (found.unset) {
    natural.kind = Natural::Kind::Partly;
  }
  return natural;
}

const ast::Stage* FlowGraph::writes_at_once(Symbol port, const ast::Stage& writer,
                                            FlowNodeId node) const {
  auto outputs = branch_outputs_.find(port);
  if (outputs == branch_outputs_.end()) return nullptr;
  for (RegionId at = region_of(node_of(writer)); at.valid(); at = region(at).parent) {
    if (region(at).kind != RegionKind::Branch) continue;
    const ast::Stage* par = region(at).stage;
    if (node.index >= node_of(*par).index && node.index <= completed(*par).index) break;
    const BranchOutput& output = outputs->second.at(par);
    if (output.other == nullptr) continue;
    return output.branch == at ? output.other : output.stage;
  }
  return nullptr;
}

/// Whether the stage can fail after it has completed once, and control goes on.
bool FlowGraph::unsets_again(const ast::Stage& stage) const {
  return error_handler(stage) != nullptr && in_loop(node_of(stage));
}

bool FlowGraph::completed_on_every_path(const ast::Stage& stage, FlowNodeId node) const {
  if (!reachable(node)) return true;
  if (!unsets_again(stage)) {
    FlowNodeId done = completed(stage);
    return done != node && dominates(done, node);
  }
  return !analysis_->find({Fact::Kind::Stage, {}, &stage}, node).unset;
}

Witness FlowGraph::uncompleted_path(const ast::Stage& stage, FlowNodeId node) const {
  FlowNodeId setter = completed(stage);
  return analysis_->witness({Fact::Kind::Stage, {}, &stage}, {&setter, 1}, node);
}

}  // namespace pflow::sema
