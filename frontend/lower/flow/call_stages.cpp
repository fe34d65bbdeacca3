// Stages that call a node or a flow.
#include <fmt/format.h>

#include "frontend/lower/expr/convert.h"
#include "frontend/lower/flow/flow_lowering.h"
#include "frontend/lower/wrap_node.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::ValueId;
using sema::CallableKind;

bool FlowLowering::invokes(const sema::CallInfo& call) const {
  return pflow::invokes(program_.callable(call.callee));
}

std::vector<FlowLowering::Output> FlowLowering::outputs_of(const sema::CallInfo& call) const {
  const sema::Callable& callable = program_.callable(call.callee);
  std::vector<Output> outputs;
  for (size_t i = 0; i < callable.outputs.size(); ++i) {
    const sema::PortInfo& output = callable.outputs[i];
    // The value of a function node and of some flows has no name.
    outputs.push_back(
        {fmt::format("{}.{}", module_.text(callable.name),
                     output.name.valid() ? module_.text(output.name) : std::string_view("value")),
         module_.output_type(call, i)});
  }
  return outputs;
}

std::vector<ir::Edge> FlowLowering::action_edges(const ast::Stage& stage,
                                                 const sema::StageInfo& info) {
  std::vector<ir::Edge> edges;
  for (const std::string& action : info.actions)
    if (action != "default")
      edges.push_back({action, builder_.block(stage_name(stage) + "_ends_" + action)});
  return edges;
}

FlowLowering::CallPlan FlowLowering::plan_call(const ast::Stage& stage, const sema::StageInfo& info,
                                               const sema::CallInfo& call) {
  const sema::Callable& callable = program_.callable(call.callee);
  CallPlan plan;
  plan.policies = lower_policies(stage, info, Governs::Stage);
  plan.outputs = outputs_of(call);
  plan.slots = output_slots(info, plan.outputs, callable.out_port);
  builder_.set_span(stage.expr->span);
  plan.site = module_.site(part_.flow, label_of(stage), call, stage.expr->span);
  plan.callee = module_.callee(call);
  plan.invoke = invokes(call);
  if (plan.policies.kinds.empty() || callable.kind == CallableKind::Flow) return plan;
  const std::string name = fmt::format("{}.{}", part_.name, module_.text(callable.name));
  plan.callee = {wrap_node(module_, name, call, plan.site, stage.expr->span), {}};
  plan.invoke = true;
  if (callable.attributes.actions.empty()) return plan;
  plan.action = builder_.slot(stage_name(stage) + ".action", types_.str);
  plan.slots.push_back(plan.action);
  return plan;
}

/// The ways on from the call, except for `after`.
void FlowLowering::leave_call(const ast::Stage& stage, const sema::StageInfo& info,
                              const CallPlan& plan, const std::vector<ir::Edge>& edges,
                              BlockId after) {
  for (const ir::Edge& edge : edges) {
    builder_.enter(edge.target);
    write_keys(info, plan.outputs, plan.slots);
    const sema::Transition* next = transition(info, edge.label);
    builder_.jump(next != nullptr ? transition_block(stage, *next) : after);
  }
}

FlowLowering::Held FlowLowering::call_stage(const ast::Stage& stage, const sema::StageInfo& info,
                                            const sema::CallInfo& call) {
  std::vector<ValueId> values = expressions_.arguments(call);
  const CallPlan plan = plan_call(stage, info, call);
  const std::string name = stage_name(stage);
  // A stage whose failure is taken goes on in a block that does not unwind there.
  const bool own_error = transition(info, "error") != nullptr;
  const BlockId after = builder_.block(own_error ? name + "_done" : "after_" + name);
  const std::vector<ir::Edge> edges = action_edges(stage, info);
  // A flow around the node has no actions: it gives the node's as a value.
  const BlockId ends = plan.action.valid() ? builder_.block(name + "_ends") : after;
  ir::Op& op =
      add_governed(plan.invoke ? Opcode::Invoke : Opcode::Call, std::move(values), plan.policies);
  op.callee = plan.callee;
  op.slots = plan.slots;
  op.site = plan.site;
  op.target = ends;
  if (!plan.action.valid()) op.edges = edges;
  if (!plan.invoke) builder_.jump(after);
  if (plan.action.valid()) {
    builder_.enter(ends);
    ir::Op& chosen = builder_.add(Opcode::Switch, {builder_.load(plan.action)});
    chosen.edges = edges;
    chosen.target = after;
  }
  leave_call(stage, info, plan, edges, after);
  builder_.enter(after);
  write_keys(info, plan.outputs, plan.slots);
  const int out_port = program_.callable(call.callee).out_port;
  return out_port < 0 ? Held{} : Held{{}, plan.slots[static_cast<size_t>(out_port)]};
}

}  // namespace pflow
