#include "frontend/sema/flow/flow_graph.h"

#include <algorithm>

#include "frontend/sema/flow/flow_analysis.h"
#include "frontend/sema/flow/flow_builder.h"

namespace pflow::sema {

using Fact = FlowAnalysis::Fact;

FlowGraph::FlowGraph(const ast::FlowDecl& flow, const Interner& names, OutputsOf outputs_of)
    : flow_(flow), outputs_of_(std::move(outputs_of)) {
  FlowGraphBuilder(*this, names).build();
  analysis_ = std::make_unique<FlowAnalysis>(*this);
}

FlowGraph::~FlowGraph() = default;

// ---- structure -----------------------------------------------------------------

std::span<const FlowEdge> FlowGraph::successors(FlowNodeId node) const {
  const Node& at = nodes_[node.index];
  return {edges_.data() + at.first_successor, at.successor_count};
}

std::span<const FlowNodeId> FlowGraph::predecessors(FlowNodeId node) const {
  const Node& at = nodes_[node.index];
  return {predecessors_.data() + at.first_predecessor, at.predecessor_count};
}

std::span<const Read> FlowGraph::reads(FlowNodeId node) const {
  const Node& at = nodes_[node.index];
  return {reads_.data() + at.first_read, at.read_count};
}

std::span<const ast::Name> FlowGraph::writes(FlowNodeId node) const {
  const Node& at = nodes_[node.index];
  return {writes_.data() + at.first_write, at.write_count};
}

FlowNodeId FlowGraph::node_of(const ast::Stage& stage) const { return stages_.at(&stage).run; }

FlowNodeId FlowGraph::node_of(const ast::Statement& statement) const {
  auto found = statements_.find(&statement);
  return found == statements_.end() ? FlowNodeId() : found->second;
}

FlowNodeId FlowGraph::completed(const ast::Stage& stage) const {
  return stages_.at(&stage).completed;
}

FlowNodeId FlowGraph::stopper(FlowNodeId node) const {
  auto found = stoppers_.find(node);
  return found == stoppers_.end() ? FlowNodeId() : found->second;
}

uint32_t FlowGraph::part(FlowNodeId node) const { return analysis_->part(node); }

const LabelInfo* FlowGraph::label(Symbol name, RegionId scope) const {
  for (RegionId at = scope; at.valid();) {
    if (auto found = labels_.find(label_place(name, at)); found != labels_.end())
      return &found->second;
    RegionId outer = regions_[at.index].parent;
    at = outer.valid() ? regions_[outer.index].scope : RegionId();
  }
  return nullptr;
}

const LabelInfo* FlowGraph::label(Symbol name, FlowNodeId seen_at) const {
  return label(name, regions_[region_of(seen_at).index].scope);
}

const LabelInfo* FlowGraph::label_of(const ast::Stage& stage) const {
  if (!stage.label.symbol) return nullptr;
  const LabelInfo* info = label(stage.label.symbol, node_of(stage));
  return info != nullptr && info->stage == &stage ? info : nullptr;
}

const std::vector<FlowEnd>& FlowGraph::item_ends(const ast::Stage& each) const {
  static const std::vector<FlowEnd> kNone;
  auto found = item_ends_.find(&each);
  return found == item_ends_.end() ? kNone : found->second;
}

std::span<const RegionId> FlowGraph::regions_of(const ast::Stage& stage) const {
  auto found = stage_regions_.find(&stage);
  return found == stage_regions_.end() ? std::span<const RegionId>() : found->second;
}

RegionId FlowGraph::region_of(const ast::Block& block) const {
  auto found = block_regions_.find(&block);
  return found == block_regions_.end() ? RegionId() : found->second;
}

RegionId FlowGraph::barrier(RegionId inner, RegionId scope) const {
  for (RegionId at = inner; at.valid() && at != scope; at = regions_[at.index].parent) {
    switch (regions_[at.index].kind) {
      case RegionKind::Each:
      case RegionKind::Branch:
      case RegionKind::Whole:
      case RegionKind::OnError: return at;
      case RegionKind::Flow:
      case RegionKind::Loop:
      case RegionKind::Arm:
      case RegionKind::Block: break;
    }
  }
  return {};
}

const ast::Stage* FlowGraph::jump_target(const ast::Stage& stage) const {
  return stages_.at(&stage).jump_target;
}

const ast::Stage* FlowGraph::piped_from(const ast::Stage& stage) const {
  return stages_.at(&stage).piped_from;
}

Symbol FlowGraph::callee(const ast::Stage& stage) {
  if (stage.kind != ast::StageKind::Expr || stage.expr == nullptr) return {};
  if (stage.expr->kind != ast::ExprKind::Call) return {};
  const ast::Expr* callee = ast::as<ast::CallExpr>(*stage.expr).callee;
  if (callee->kind == ast::ExprKind::Name) return ast::as<ast::NameExpr>(*callee).name;
  if (callee->kind == ast::ExprKind::Field) return ast::as<ast::FieldExpr>(*callee).field.symbol;
  return {};
}

const std::vector<Symbol>& FlowGraph::outputs(const ast::Stage& stage) const {
  Symbol name = callee(stage);
  auto [found, is_new] = outputs_.try_emplace(name);
  if (is_new && name) found->second = outputs_of_(name);
  return found->second;
}

bool FlowGraph::is_choose(const ast::Stage& stage) const { return stages_.at(&stage).is_choose; }

bool FlowGraph::is_fail(const ast::Stage& stage) const { return stages_.at(&stage).is_fail; }

const ast::TransitionStatement* FlowGraph::error_handler(const ast::Stage& stage) const {
  return stages_.at(&stage).error_handler;
}

// ---- paths -----------------------------------------------------------------------

bool FlowGraph::reachable(FlowNodeId node) const { return analysis_->reachable(node); }

bool FlowGraph::reaches_end(FlowNodeId node) const { return analysis_->reaches_end(node); }

bool FlowGraph::in_loop(FlowNodeId node) const { return analysis_->in_loop(node); }

bool FlowGraph::dominates(FlowNodeId above, FlowNodeId below) const {
  return analysis_->dominates(above, below);
}

// ---- keys ------------------------------------------------------------------------

std::span<const FlowNodeId> FlowGraph::setters(Symbol name) const {
  auto found = setters_.find(name);
  return found == setters_.end() ? std::span<const FlowNodeId>() : found->second;
}

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
  for (RegionId at = region_of(node_of(writer)); at.valid(); at = regions_[at.index].parent) {
    if (regions_[at.index].kind != RegionKind::Branch) continue;
    const ast::Stage* par = regions_[at.index].stage;
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
