#include "frontend/lower/expr/convert.h"
#include "frontend/lower/flow/flow_lowering.h"

namespace pflow {

using ast::ExprKind;
using ast::StageKind;
using ir::BlockId;
using ir::Opcode;
using ir::ValueId;
using sema::Builtin;

std::string_view FlowLowering::label_of(const ast::Stage& stage) const {
  return stage.label.symbol.valid() ? module_.text(stage.label.symbol) : std::string_view();
}

const sema::CallInfo* FlowLowering::called(const ast::Expr* expr) const {
  if (expr == nullptr || expr->kind != ExprKind::Call) return nullptr;
  auto call = program_.calls.find(expr->id);
  return call != program_.calls.end() && call->second.callee.valid() ? &call->second : nullptr;
}

std::string FlowLowering::stage_name(const ast::Stage& stage) const {
  if (stage.label.symbol.valid()) return std::string(label_of(stage));
  switch (stage.kind) {
    case StageKind::Block: return "block";
    case StageKind::Par: return "par";
    case StageKind::Each: return "each";
    case StageKind::Repeat: return "repeat";
    case StageKind::If: return "if";
    case StageKind::Match: return "match";
    case StageKind::Expr:
    case StageKind::Break:
    case StageKind::Continue:
    case StageKind::End: break;
  }
  const sema::CallInfo* call = called(stage.expr);
  return call == nullptr ? "value"
                         : std::string(module_.text(program_.callable(call->callee).name));
}

FlowLowering::Held FlowLowering::lower_stage(const ast::Stage& stage, Held piped) {
  const sema::StageInfo& info = program_.stage(stage.id);
  builder_.set_span(stage.span);
  if (info.jump.valid()) {
    jump_to_stage(info, piped);
    return {};
  }
  if (stage.kind == StageKind::End) {
    end_flow(piped);
    return {};
  }
  if (stage.kind == StageKind::Break || stage.kind == StageKind::Continue) {
    leave_round(stage.kind);
    return {};
  }
  piped = arrive(stage, info, piped);
  const BlockId outer = builder_.unwind();
  const sema::Transition* error = transition(info, "error");
  if (error != nullptr) {
    builder_.set_unwind(transition_block(stage, *error));
    const BlockId attempt = builder_.block(stage_name(stage) + "_try");
    builder_.jump(attempt);
    builder_.enter(attempt);
  }
  Held value = stage.kind == StageKind::Each ? each_stage(stage, info, piped)
                                             : with_fallback(stage, info, piped);
  builder_.set_unwind(outer);
  if (!builder_.open()) return {};
  if (error != nullptr) {
    const BlockId after = builder_.block("after_" + stage_name(stage));
    builder_.jump(after);
    builder_.enter(after);
  }
  if (const sema::Transition* next = transition(info, "default")) {
    builder_.jump(transition_block(stage, *next));
    return {};
  }
  return value;
}

FlowLowering::Held FlowLowering::run_stage(const ast::Stage& stage, const sema::StageInfo& info,
                                           Held piped) {
  switch (stage.kind) {
    case StageKind::Block: return block_stage(info, *stage.block);
    case StageKind::If: return if_stage(stage, info);
    case StageKind::Match: return match_stage(stage, info);
    case StageKind::Repeat: return repeat_stage(stage, info, piped);
    case StageKind::Par: return par_stage(stage);
    case StageKind::Expr:
    case StageKind::Each:
    case StageKind::Break:
    case StageKind::Continue:
    case StageKind::End: break;
  }
  expressions_.set_piped(piped.valid() ? load(piped) : ValueId(), piped.deferred);
  if (stage.expr->kind != ExprKind::Call) return value_stage(stage, info);
  const sema::CallInfo& call = program_.calls.at(stage.expr->id);
  if (call.builtin == Builtin::Choose) {
    choose_stage(stage, info, call);
    return {};
  }
  return call.callee.valid() ? call_stage(stage, info, call) : value_stage(stage, info);
}

FlowLowering::Held FlowLowering::block_stage(const sema::StageInfo& info, const ast::Block& block) {
  Held value = lower_statements(block);
  if (!builder_.open()) return {};
  for (const sema::StageWrite& write : info.writes) expressions_.store(write.key, load(value));
  return value;
}

FlowLowering::Held FlowLowering::value_stage(const ast::Stage& stage, const sema::StageInfo& info) {
  ValueId value = expressions_.lower(*stage.expr);
  for (const sema::StageWrite& write : info.writes) expressions_.store(write.key, value);
  return {value, {}};
}

void FlowLowering::choose_stage(const ast::Stage& stage, const sema::StageInfo& info,
                                const sema::CallInfo& call) {
  ValueId action = expressions_.argument(call.arguments.front());
  std::vector<ir::Edge> edges;
  for (const std::string& name : info.actions)
    if (const sema::Transition* next = transition(info, name))
      edges.push_back({name, transition_block(stage, *next)});
  builder_.set_span(stage.span);
  if (edges.empty()) return;
  // The action is one of them: the last needs no test.
  const BlockId otherwise = edges.back().target;
  edges.pop_back();
  if (edges.empty()) return builder_.jump(otherwise);
  ir::Op& op = builder_.add(Opcode::Switch, {action});
  op.edges = std::move(edges);
  op.target = otherwise;
}

}  // namespace pflow
