#include "frontend/sema/flow/flow_shape.h"

namespace pflow::sema {

std::span<const FlowEdge> FlowShape::successors(FlowNodeId node) const {
  const Node& at = nodes_[node.index];
  return {edges_.data() + at.first_successor, at.successor_count};
}

std::span<const FlowNodeId> FlowShape::predecessors(FlowNodeId node) const {
  const Node& at = nodes_[node.index];
  return {predecessors_.data() + at.first_predecessor, at.predecessor_count};
}

std::span<const Read> FlowShape::reads(FlowNodeId node) const {
  const Node& at = nodes_[node.index];
  return {reads_.data() + at.first_read, at.read_count};
}

std::span<const ast::Name> FlowShape::writes(FlowNodeId node) const {
  const Node& at = nodes_[node.index];
  return {writes_.data() + at.first_write, at.write_count};
}

FlowNodeId FlowShape::node_of(const ast::Stage& stage) const { return stages_.at(&stage).run; }

FlowNodeId FlowShape::node_of(const ast::Statement& statement) const {
  auto found = statements_.find(&statement);
  return found == statements_.end() ? FlowNodeId() : found->second;
}

FlowNodeId FlowShape::completed(const ast::Stage& stage) const {
  return stages_.at(&stage).completed;
}

FlowNodeId FlowShape::stopper(FlowNodeId node) const {
  auto found = stoppers_.find(node);
  return found == stoppers_.end() ? FlowNodeId() : found->second;
}

const LabelInfo* FlowShape::label(Symbol name, RegionId scope) const {
  for (RegionId at = scope; at.valid();) {
    if (auto found = labels_.find(label_place(name, at)); found != labels_.end())
      return &found->second;
    RegionId outer = regions_[at.index].parent;
    at = outer.valid() ? regions_[outer.index].scope : RegionId();
  }
  return nullptr;
}

const LabelInfo* FlowShape::label(Symbol name, FlowNodeId seen_at) const {
  return label(name, regions_[region_of(seen_at).index].scope);
}

const LabelInfo* FlowShape::label_of(const ast::Stage& stage) const {
  if (!stage.label.symbol) return nullptr;
  const LabelInfo* info = label(stage.label.symbol, node_of(stage));
  return info != nullptr && info->stage == &stage ? info : nullptr;
}

const std::vector<FlowEnd>& FlowShape::item_ends(const ast::Stage& each) const {
  static const std::vector<FlowEnd> kNone;
  auto found = item_ends_.find(&each);
  return found == item_ends_.end() ? kNone : found->second;
}

std::span<const RegionId> FlowShape::regions_of(const ast::Stage& stage) const {
  auto found = stage_regions_.find(&stage);
  return found == stage_regions_.end() ? std::span<const RegionId>() : found->second;
}

RegionId FlowShape::region_of(const ast::Block& block) const {
  auto found = block_regions_.find(&block);
  return found == block_regions_.end() ? RegionId() : found->second;
}

RegionId FlowShape::barrier(RegionId inner, RegionId scope) const {
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

const ast::Stage* FlowShape::jump_target(const ast::Stage& stage) const {
  return stages_.at(&stage).jump_target;
}

const ast::Stage* FlowShape::piped_from(const ast::Stage& stage) const {
  return stages_.at(&stage).piped_from;
}

Symbol FlowShape::callee(const ast::Stage& stage) {
  if (stage.kind != ast::StageKind::Expr || stage.expr == nullptr) return {};
  if (stage.expr->kind != ast::ExprKind::Call) return {};
  const ast::Expr* callee = ast::as<ast::CallExpr>(*stage.expr).callee;
  if (callee->kind == ast::ExprKind::Name) return ast::as<ast::NameExpr>(*callee).name;
  if (callee->kind == ast::ExprKind::Field) return ast::as<ast::FieldExpr>(*callee).field.symbol;
  return {};
}

const std::vector<Symbol>& FlowShape::outputs(const ast::Stage& stage) const {
  Symbol name = callee(stage);
  auto [found, is_new] = outputs_.try_emplace(name);
  if (is_new && name) found->second = outputs_of_(name);
  return found->second;
}

bool FlowShape::is_choose(const ast::Stage& stage) const { return stages_.at(&stage).is_choose; }

bool FlowShape::is_fail(const ast::Stage& stage) const { return stages_.at(&stage).is_fail; }

const ast::TransitionStatement* FlowShape::error_handler(const ast::Stage& stage) const {
  return stages_.at(&stage).error_handler;
}

std::span<const FlowNodeId> FlowShape::setters(Symbol name) const {
  auto found = setters_.find(name);
  return found == setters_.end() ? std::span<const FlowNodeId>() : found->second;
}

}  // namespace pflow::sema
