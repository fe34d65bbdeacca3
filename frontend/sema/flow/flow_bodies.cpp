/// FlowBuilder: stages with bodies. Each begins with a node that reads what the
/// form itself evaluates, and completes with one that makes its writes.
#include <algorithm>
#include <array>

#include "frontend/sema/flow/can_fail.h"
#include "frontend/sema/flow/flow_builder.h"

namespace pflow::sema {

using ast::StageKind;

void FlowBuilder::build_body_stage(const Stage& stage, const Handler& handler) {
  FlowNodeId begin = begin_stage(stage, handler);
  switch (stage.kind) {
    case StageKind::Block: build_block(stage, begin, handler); break;
    case StageKind::Par: build_par(stage, begin); break;
    case StageKind::Each: build_each(stage, begin); break;
    case StageKind::Repeat: build_repeat(stage, handler); break;
    case StageKind::If: build_if(stage, begin, handler); break;
    case StageKind::Match: build_match(stage, begin, handler); break;
    case StageKind::Expr:
    case StageKind::Break:
    case StageKind::Continue:
    case StageKind::End: break;
  }
  complete_stage(stage, begin);
}

FlowNodeId FlowBuilder::begin_stage(const Stage& stage, const Handler& handler) {
  FlowNodeId begin = next_node(FlowNodeKind::Stage, &stage);
  read_policies(begin, stage);
  if (stage.repeat != nullptr) read(begin, stage.repeat->list);
  if (stage.if_ != nullptr && !stage.if_->arms.empty()) read(begin, stage.if_->arms[0].condition);
  if (stage.match != nullptr) read(begin, stage.match->subject);
  if (fails_itself(stage)) may_fail(begin, handler);
  go_on(begin);
  return begin;
}

/// Whether the form can fail other than by a stage in one of its blocks.
bool FlowBuilder::fails_itself(const Stage& stage) const {
  if (stage.kind == StageKind::Par || stage.kind == StageKind::Each) return true;
  if (stage.if_ != nullptr)
    return !stage.if_->arms.empty() && can_fail(*stage.if_->arms[0].condition);
  if (stage.match != nullptr) return can_fail(*stage.match->subject);
  const ast::Expr* list = stage.repeat != nullptr ? stage.repeat->list : nullptr;
  return (list != nullptr && can_fail(*list)) || runs_as_whole(stage);
}

/// Control that is open comes to the completion; with a `fallback` also from the
/// begin, since it stands in for all that did not come to its end.
void FlowBuilder::complete_stage(const Stage& stage, FlowNodeId begin) {
  bool takes_items = stage.kind == StageKind::Each;
  if (!takes_items && has_policy(stage, "fallback")) open_.push_back({begin, "default"});
  bool goes_on = !open_.empty();
  FlowNodeId done = next_node(FlowNodeKind::Completed, &stage);
  write_bindings(done, stage);
  if (goes_on) go_on(done);
  auto& nodes = shape_.stages_[&stage];
  nodes.run = begin;
  nodes.completed = done;
}

void FlowBuilder::build_region(RegionKind kind, const Stage& stage, const ast::Block& block,
                               FlowNodeId from, const Handler& handler) {
  open_region(kind, &stage, &block, block.span);
  here().test = from;
  go_on(from);
  build_statements(block, false, handler);
  close_region();
}

void FlowBuilder::build_block(const Stage& stage, FlowNodeId begin, const Handler& handler) {
  bool whole = runs_as_whole(stage);
  // What fails inside of a whole fails the whole, whose writes are then not made.
  build_region(whole ? RegionKind::Whole : RegionKind::Block, stage, *stage.block, begin,
               whole ? Handler{} : handler);
}

void FlowBuilder::build_par(const Stage& stage, FlowNodeId begin) {
  bool all_go_on = true;
  for (const ast::Statement* statement : stage.block->statements) {
    if (open_.empty()) go_on(begin);
    open_region(RegionKind::Branch, &stage, nullptr, statement->span);
    build_statement(*statement, false, {});
    close_region();
    all_go_on = all_go_on && !open_.empty();
  }
  if (!all_go_on) open_.clear();
}

void FlowBuilder::build_each(const Stage& stage, FlowNodeId begin) {
  const ast::Block& body = *stage.each->body;
  open_region(RegionKind::Each, &stage, &body, body.span);
  collect_labels(body, true);
  collect_transitions(body);
  build_statements(body, true, {});
  end_list(body, stage.each->item.span);
  close_region();
  go_on(begin);
}

void FlowBuilder::build_repeat(const Stage& stage, const Handler& outer) {
  const ast::RepeatForm& repeat = *stage.repeat;
  bool whole = runs_as_whole(stage);
  Handler handler = whole ? Handler{} : outer;
  if (whole) open_region(RegionKind::Whole, &stage, nullptr, repeat.body->span);
  FlowNodeId head = next_node(FlowNodeKind::Head, &stage);
  rounds_.emplace_back();
  build_region(RegionKind::Loop, stage, *repeat.body, head, handler);
  Rounds rounds = std::move(rounds_.back());
  rounds_.pop_back();
  open_.insert(open_.end(), rounds.continued.begin(), rounds.continued.end());
  bool comes_again = !open_.empty();
  FlowNodeId test = next_node(FlowNodeKind::Test, &stage);
  tests_.emplace(&stage, test);
  read(test, repeat.until);
  if (repeat.until != nullptr && can_fail(*repeat.until)) may_fail(test, handler);
  if (comes_again) edge(test, head, "default");
  if (repeat.until != nullptr && comes_again) go_on(test);
  if (repeat.item.symbol) open_.push_back({head, "default"});
  open_.insert(open_.end(), rounds.left.begin(), rounds.left.end());
  if (whole) close_region();
}

/// `break` and `continue`. One that would have to leave what it stands in is an error,
/// and what stands after it is not called unreached.
void FlowBuilder::build_round_end(const Stage& stage) {
  FlowNodeId node = next_node(FlowNodeKind::Jump, &stage);
  auto& nodes = shape_.stages_[&stage];
  nodes.run = nodes.completed = node;
  RegionId loop = region_;
  while (loop.valid() && shape_.region(loop).kind != RegionKind::Loop)
    loop = shape_.region(loop).parent;
  RegionId barrier = shape_.barrier(region_, loop);
  if (!loop.valid() || barrier.valid()) {
    shape_.held_rounds_.push_back({&stage, barrier, loop});
    return go_on(node);
  }
  Rounds& rounds = rounds_.back();
  auto& out = stage.kind == StageKind::Break ? rounds.left : rounds.continued;
  out.push_back({node, "default"});
}

void FlowBuilder::build_if(const Stage& stage, FlowNodeId begin, const Handler& handler) {
  const ast::IfForm& form = *stage.if_;
  std::vector<Open> out;
  FlowNodeId test = begin;
  for (size_t i = 0; i < form.arms.size(); ++i) {
    if (i > 0) {
      go_on(test);
      test = next_node(FlowNodeKind::Test, &stage);
      read(test, form.arms[i].condition);
      if (can_fail(*form.arms[i].condition)) may_fail(test, handler);
    }
    build_region(RegionKind::Arm, stage, *form.arms[i].body, test, handler);
    out.insert(out.end(), open_.begin(), open_.end());
  }
  if (form.otherwise != nullptr) {
    build_region(RegionKind::Arm, stage, *form.otherwise, test, handler);
    out.insert(out.end(), open_.begin(), open_.end());
  } else {
    out.push_back({test, "default"});
  }
  open_ = std::move(out);
}

void FlowBuilder::build_match(const Stage& stage, FlowNodeId begin, const Handler& handler) {
  std::vector<Open> out;
  for (const ast::MatchForm::Arm& arm : stage.match->arms) {
    build_region(RegionKind::Arm, stage, *arm.body, begin, handler);
    out.insert(out.end(), open_.begin(), open_.end());
  }
  if (!stage.match->arms.empty()) open_ = std::move(out);
}

bool FlowBuilder::has_policy(const Stage& stage, std::string_view name) const {
  return std::any_of(stage.policies.begin(), stage.policies.end(),
                     [&](const auto& policy) { return names_.text(policy.name.symbol) == name; });
}

/// Whether policies make the runtime start, repeat or cancel it as a whole.
bool FlowBuilder::runs_as_whole(const Stage& stage) const {
  constexpr std::array<std::string_view, 4> kOurs = {"fallback", "max", "parallel", "on_error"};
  return std::any_of(stage.policies.begin(), stage.policies.end(), [&](const auto& policy) {
    std::string_view name = names_.text(policy.name.symbol);
    return std::find(kOurs.begin(), kOurs.end(), name) == kOurs.end();
  });
}

}  // namespace pflow::sema
