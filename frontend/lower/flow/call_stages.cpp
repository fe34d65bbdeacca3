#include "frontend/lower/flow/call_stages.h"

#include <fmt/format.h>

#include "frontend/lower/expr/arguments.h"
#include "frontend/lower/flow/outputs.h"
#include "frontend/lower/flow/policies.h"
#include "frontend/lower/flow/stage_names.h"
#include "frontend/lower/flow/transitions.h"
#include "frontend/lower/module/sites.h"
#include "frontend/lower/module/wrap_node.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::ValueId;
using sema::CallableKind;

namespace {

/// How a stage's call is carried out.
struct CallPlan {
  ir::Callee callee;
  ir::SiteId site;
  Policies policies;
  std::vector<Output> outputs;
  std::vector<SlotId> slots;
  SlotId action;        ///< where the flow around a node says the action
  bool invoke = false;  ///< else a call
};

std::vector<ir::Edge> action_edges(FlowContext& f, const ast::Stage& stage,
                                   const sema::StageInfo& info) {
  std::vector<ir::Edge> edges;
  for (const std::string& action : info.actions)
    if (action != "default")
      edges.push_back({action, f.builder.block(stage_name(f, stage) + "_ends_" + action)});
  return edges;
}

CallPlan plan_call(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                   const sema::CallInfo& call) {
  const sema::Callable& callable = f.program.callable(call.callee);
  CallPlan plan;
  plan.policies = lower_policies(f, stage, info, Governs::Stage);
  plan.outputs = outputs_of(f, call);
  plan.slots = output_slots(f, info, plan.outputs, callable.out_port);
  f.builder.set_span(stage.expr->span);
  plan.site = add_site(f.module, f.part.flow, label_of(f, stage), call, stage.expr->span);
  if (f.part.batched) mark_batched(f.module, plan.site);
  plan.callee = f.module.callee(call);
  plan.invoke = invokes(f.program.callable(call.callee));
  const bool governed = !plan.policies.kinds.empty() && callable.kind != CallableKind::Flow;
  if (!governed && f.module.watched().find(call.callee) == nullptr) return plan;
  const std::string name = fmt::format("{}.{}", f.part.name, f.module.text(callable.name));
  plan.callee = {wrap_node(f.module, name, call, plan.site, stage.expr->span), {}};
  plan.invoke = true;
  if (callable.attributes.actions.empty()) return plan;
  plan.action = f.builder.slot(stage_name(f, stage) + ".action", f.types.str);
  plan.slots.push_back(plan.action);
  return plan;
}

/// The ways on from the call, except for `after`.
void leave_call(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                const CallPlan& plan, const std::vector<ir::Edge>& edges, BlockId after) {
  for (const ir::Edge& edge : edges) {
    f.builder.enter(edge.target);
    write_keys(f, info, plan.outputs, plan.slots);
    const sema::Transition* next = transition(info, edge.label);
    f.builder.jump(next != nullptr ? transition_block(f, stage, *next) : after);
  }
}

}  // namespace

Held call_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                const sema::CallInfo& call) {
  std::vector<ValueId> values = arguments(f.exprs, call);
  const CallPlan plan = plan_call(f, stage, info, call);
  const std::string name = stage_name(f, stage);
  // A stage whose failure is taken goes on in a block that does not unwind there.
  const bool own_error = transition(info, "error") != nullptr;
  const BlockId after = f.builder.block(own_error ? name + "_done" : "after_" + name);
  const std::vector<ir::Edge> edges = action_edges(f, stage, info);
  // A flow around the node has no actions: it gives the node's as a value.
  const BlockId ends = plan.action.valid() ? f.builder.block(name + "_ends") : after;
  ir::Op& op = add_governed(f, plan.invoke ? Opcode::Invoke : Opcode::Call, std::move(values),
                            plan.policies);
  op.callee = plan.callee;
  op.slots = plan.slots;
  op.site = plan.site;
  op.target = ends;
  if (!plan.action.valid()) op.edges = edges;
  if (!plan.invoke) f.builder.jump(after);
  if (plan.action.valid()) {
    f.builder.enter(ends);
    ir::Op& chosen = f.builder.add(Opcode::Switch, {f.builder.load(plan.action)});
    chosen.edges = edges;
    chosen.target = after;
  }
  leave_call(f, stage, info, plan, edges, after);
  f.builder.enter(after);
  write_keys(f, info, plan.outputs, plan.slots);
  const int out_port = f.program.callable(call.callee).out_port;
  return out_port < 0 ? Held{} : Held{{}, plan.slots[static_cast<size_t>(out_port)]};
}

}  // namespace pflow::lowering
