#include "frontend/lower/convert.h"
#include "frontend/lower/flow_lowering.h"

namespace pflow {

using ast::ExprKind;
using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::ValueId;
using sema::Builtin;

std::string FlowLowering::stage_name(const ast::Stage& stage) const {
  if (stage.label.symbol.valid()) return std::string(module_.text(stage.label.symbol));
  if (stage.kind == ast::StageKind::Block) return "block";
  if (stage.expr == nullptr || stage.expr->kind != ExprKind::Call) return "value";
  auto call = program_.calls.find(stage.expr->id);
  if (call == program_.calls.end() || !call->second.callee.valid()) return "value";
  return std::string(module_.text(program_.callable(call->second.callee).name));
}

FlowLowering::Held FlowLowering::lower_stage(const ast::Stage& stage, Held piped) {
  const sema::StageInfo& info = program_.stage(stage.id);
  builder_.set_span(stage.span);
  if (info.jump.valid()) {
    jump_to_stage(info, piped);
    return {};
  }
  if (stage.kind == ast::StageKind::End) {
    end_flow(piped);
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
  Held value = run_stage(stage, info, piped);
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
  if (stage.kind == ast::StageKind::Block) {
    Held value = lower_statements(*stage.block);
    if (!builder_.open()) return {};
    for (const sema::StageWrite& write : info.writes) expressions_.store(write.key, load(value));
    return value;
  }
  expressions_.set_piped(piped.valid() ? load(piped) : ValueId());
  if (stage.expr->kind != ExprKind::Call) return value_stage(stage, info);
  const sema::CallInfo& call = program_.calls.at(stage.expr->id);
  if (call.builtin == Builtin::Choose) {
    choose_stage(stage, info, call);
    return {};
  }
  return call.callee.valid() ? call_stage(stage, info, call) : value_stage(stage, info);
}

FlowLowering::Held FlowLowering::value_stage(const ast::Stage& stage, const sema::StageInfo& info) {
  ValueId value = expressions_.lower(*stage.expr);
  for (const sema::StageWrite& write : info.writes) expressions_.store(write.key, value);
  return {value, {}};
}

std::vector<ir::Edge> FlowLowering::action_edges(const ast::Stage& stage,
                                                 const sema::StageInfo& info) {
  std::vector<ir::Edge> edges;
  for (const std::string& action : info.actions)
    if (action != "default")
      edges.push_back({action, builder_.block(stage_name(stage) + "_ends_" + action)});
  return edges;
}

FlowLowering::Held FlowLowering::call_stage(const ast::Stage& stage, const sema::StageInfo& info,
                                            const sema::CallInfo& call) {
  const sema::Callable& callable = program_.callable(call.callee);
  std::vector<ValueId> values = expressions_.arguments(call);
  const std::vector<SlotId> slots = output_slots(info, callable);
  const std::string_view label =
      stage.label.symbol.valid() ? module_.text(stage.label.symbol) : std::string_view();
  builder_.set_span(stage.expr->span);
  const bool invoke = callable.kind == sema::CallableKind::Flow ||
                      (callable.kind == sema::CallableKind::Extern && !callable.attributes.pure);
  // A stage whose failure is taken goes on in a block that does not unwind there.
  const bool own_error = transition(info, "error") != nullptr;
  const BlockId after =
      builder_.block(own_error ? stage_name(stage) + "_done" : "after_" + stage_name(stage));
  const ir::SiteId site =
      module_.site(expressions_.function(), label, call.callee, call, stage.expr->span);
  std::vector<ir::Edge> edges = action_edges(stage, info);
  ir::Op& op = builder_.add(invoke ? Opcode::Invoke : Opcode::Call, std::move(values));
  op.callee = module_.callee(call.callee);
  op.slots = slots;
  op.site = site;
  if (invoke) {
    op.target = after;
    op.edges = edges;
  } else {
    builder_.jump(after);
  }
  for (const ir::Edge& edge : edges) {
    builder_.enter(edge.target);
    write_keys(info, callable, slots);
    const sema::Transition* next = transition(info, edge.label);
    builder_.jump(next != nullptr ? transition_block(stage, *next) : after);
  }
  builder_.enter(after);
  write_keys(info, callable, slots);
  if (callable.out_port < 0) return {};
  return {{}, slots[static_cast<size_t>(callable.out_port)]};
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
