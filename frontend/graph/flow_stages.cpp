// The stages of a flow as nodes.
#include "frontend/graph/flow_maker.h"
#include "frontend/graph/stage_text.h"
#include "ir/policies.h"

namespace pflow::graph {

namespace {

const sema::CallInfo* called(const sema::Program& program, const ast::Expr* expr) {
  if (expr == nullptr || expr->kind != ast::ExprKind::Call) return nullptr;
  auto call = program.calls.find(expr->id);
  return call == program.calls.end() ? nullptr : &call->second;
}

NodeKind box_kind(ast::StageKind kind) {
  if (kind == ast::StageKind::Each) return NodeKind::Each;
  if (kind == ast::StageKind::Par) return NodeKind::Par;
  return kind == ast::StageKind::Repeat ? NodeKind::Repeat : NodeKind::Block;
}

}  // namespace

Ends FlowMaker::stage(const ast::Stage& stage, Ends ends) {
  const sema::StageInfo& info = view_.program().stage(stage.id);
  if (info.jump.valid()) {
    jump(stage, std::move(ends));
    return {};
  }
  ends = run(stage, std::move(ends));
  ends = with_fallback(stage, std::move(ends));
  for (const sema::Transition& transition : info.transitions)
    if (transition.action == "default") return {};
  return ends;
}

void FlowMaker::jump(const ast::Stage& stage, Ends ends) {
  // A body may be nothing else.
  if (ends.empty())
    ends.push_back(
        {.node = add(node_at(NodeKind::Value, stage.span, view_.short_text(stage.span)), {})});
  const ast::StageId target = view_.program().stage(stage.id).jump;
  for (OpenEnd& end : ends) jumps_.emplace_back(std::move(end), target);
}

Ends FlowMaker::run(const ast::Stage& stage, Ends ends) {
  switch (stage.kind) {
    case ast::StageKind::Expr: return expression(stage, std::move(ends));
    case ast::StageKind::If: return if_stage(stage, std::move(ends));
    case ast::StageKind::Match: return match_stage(stage, std::move(ends));
    case ast::StageKind::Each:
    case ast::StageKind::Par:
    case ast::StageKind::Repeat: return body(stage, std::move(ends));
    case ast::StageKind::Block:
      // Around what has no name and no policies nothing is drawn.
      if (stage.label.symbol.valid() || !stage.policies.empty())
        return body(stage, std::move(ends));
      return block(*stage.block, std::move(ends));
    case ast::StageKind::End:
    case ast::StageKind::Break:
    case ast::StageKind::Continue:
      add_stage(stage, node_at(NodeKind::Leave, stage.span, view_.short_text(stage.span)),
                std::move(ends));
      return {};
  }
}

Node FlowMaker::call_node(const ast::CallExpr& call, const sema::CallInfo& info) {
  const sema::Callable& callee = view_.program().callable(info.callee);
  Node node = node_at(NodeKind::Call, call.span, std::string(view_.text(callee.name)));
  node.group = view_.group(info.callee);
  node.effects = view_.effects(info.callee);
  if (std::string arguments = arguments_text(view_, call); !arguments.empty())
    node.details.push_back(std::move(arguments));
  node.site = view_.site(call.span);
  node.callee = view_.callee_of(info.callee);
  node.flow = view_.flow_of(info.callee);
  return node;
}

Ends FlowMaker::expression(const ast::Stage& stage, Ends ends) {
  const sema::CallInfo* info = called(view_.program(), stage.expr);
  if (info != nullptr && info->callee.valid()) {
    Node node = call_node(ast::as<ast::CallExpr>(*stage.expr), *info);
    return {{.node = add_stage(stage, std::move(node), std::move(ends))}};
  }
  const sema::Builtin builtin = info == nullptr ? sema::Builtin::None : info->builtin;
  NodeKind kind = NodeKind::Value;
  if (builtin == sema::Builtin::Choose) kind = NodeKind::Choice;
  if (builtin == sema::Builtin::Fail) kind = NodeKind::Leave;
  const Span span = stage.expr->span;
  const int node = add_stage(stage, node_at(kind, span, view_.short_text(span)), std::move(ends));
  if (kind != NodeKind::Value) return {};  // transitions lead on
  return {{.node = node}};
}

Ends FlowMaker::body(const ast::Stage& stage, Ends ends) {
  Node node = node_at(box_kind(stage.kind), stage.span, box_title(view_, stage));
  node.over_stream = view_.program().stage(stage.id).over_stream;
  const int box = add_stage(stage, std::move(node), std::move(ends));
  fill(box, [&] {
    if (stage.each != nullptr) {
      block(*stage.each->body, {});
    } else if (stage.repeat != nullptr) {
      block(*stage.repeat->body, {});
    } else if (stage.kind == ast::StageKind::Par) {
      for (const ast::Statement* branch : stage.block->statements) statement(*branch, {});
    } else {
      block(*stage.block, {});
    }
  });
  return {{.node = box}};
}

Ends FlowMaker::if_stage(const ast::Stage& stage, Ends ends) {
  const ast::IfForm& form = *stage.if_;
  const bool single = form.arms.size() == 1;
  const std::string first = view_.short_text(form.arms.front().condition->span);
  const int choice = add_stage(
      stage, node_at(NodeKind::Choice, stage.span, single ? "if " + first : "if"), std::move(ends));
  Ends after;
  for (const ast::IfForm::Arm& arm : form.arms) {
    const std::string condition = single ? "yes" : view_.short_text(arm.condition->span);
    append(after,
           block(*arm.body, {{.node = choice, .kind = EdgeKind::Action, .label = condition}}));
  }
  Ends otherwise = {{.node = choice, .kind = EdgeKind::Action, .label = single ? "no" : "else"}};
  if (form.otherwise != nullptr) otherwise = block(*form.otherwise, std::move(otherwise));
  append(after, std::move(otherwise));
  return after;
}

Ends FlowMaker::match_stage(const ast::Stage& stage, Ends ends) {
  const ast::MatchForm& form = *stage.match;
  const std::string title = "match " + view_.short_text(form.subject->span);
  const int choice =
      add_stage(stage, node_at(NodeKind::Choice, stage.span, title), std::move(ends));
  Ends after;
  for (const ast::MatchForm::Arm& arm : form.arms)
    append(after, block(*arm.body, {{.node = choice,
                                     .kind = EdgeKind::Action,
                                     .label = pattern_text(view_, arm.patterns)}}));
  return after;
}

Ends FlowMaker::with_fallback(const ast::Stage& stage, Ends ends) {
  const sema::StageInfo& info = view_.program().stage(stage.id);
  for (const sema::StagePolicy& policy : info.policies) {
    if (policy.kind != ir::Policy::Fallback) continue;
    const sema::CallInfo* call = called(view_.program(), policy.value);
    // A value that stands in is told as a policy.
    if (call == nullptr || !call->callee.valid()) continue;
    Node node = call_node(ast::as<ast::CallExpr>(*policy.value), *call);
    ends.push_back(
        {.node = add(std::move(node),
                     {{.stage = stage.id, .kind = EdgeKind::Fallback, .label = "fallback"}})});
  }
  return ends;
}

}  // namespace pflow::graph
