// Stages that call a node or a flow.
#include <fmt/format.h>

#include "frontend/lower/convert.h"
#include "frontend/lower/flow_lowering.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::ValueId;
using sema::CallableKind;

bool FlowLowering::invokes(const sema::CallInfo& call) const {
  const sema::Callable& callable = program_.callable(call.callee);
  return callable.kind == CallableKind::Flow ||
         (callable.kind == CallableKind::Extern && !callable.attributes.pure);
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

/// A flow that is one call of a node: its parameters are the node's ports, its results
/// the outputs, and behind them the action when the node has several.
ir::FunctionId FlowLowering::wrap_node(const sema::CallInfo& call, ir::SiteId site, Span span) {
  const sema::Callable& callable = program_.callable(call.callee);
  const std::string node(module_.text(callable.name));
  ir::Builder builder(types_, ir::FunctionKind::Flow,
                      module_.fresh_name(fmt::format("{}.{}", part_.name, node)), span);
  std::vector<ValueId> values;
  std::vector<SlotId> params;
  for (size_t i = 0; i < callable.ports.size(); ++i)
    if (!callable.ports[i].is_type)
      params.push_back(
          builder.param(module_.text(callable.ports[i].name), module_.port_type(call, i)));
  builder.enter(builder.block("entry"));
  for (SlotId param : params) values.push_back(builder.load(param));
  std::vector<SlotId> outputs;
  for (const Output& output : outputs_of(call)) {
    outputs.push_back(builder.slot(output.name, output.type));
    builder.function().results.push_back(output.type);
  }
  for (const sema::PortInfo& output : callable.outputs)
    builder.function().result_names.emplace_back(output.name.valid() ? module_.text(output.name)
                                                                     : "");
  const bool acts = !callable.attributes.actions.empty();
  const BlockId done = builder.block("done");
  std::vector<ir::Edge> edges;
  for (std::string_view action : callable.attributes.actions)
    edges.push_back({std::string(action), builder.block(action)});
  ir::Op& op = builder.add(invokes(call) ? Opcode::Invoke : Opcode::Call, std::move(values));
  op.callee = module_.callee(call);
  op.slots = outputs;
  op.site = site;
  op.target = done;
  op.edges = edges;
  if (!op.is_terminator()) builder.jump(done);
  auto end = [&](std::string_view action) {
    std::vector<ValueId> results;
    for (SlotId output : outputs) results.push_back(builder.load(output));
    if (acts) results.push_back(builder.const_text(action, types_.str));
    builder.add(Opcode::Return, std::move(results));
  };
  for (const ir::Edge& edge : edges) {
    builder.enter(edge.target);
    end(edge.label);
  }
  builder.enter(done);
  end("default");
  if (acts) {
    builder.function().results.push_back(types_.str);
    builder.function().result_names.emplace_back("action");
  }
  return module_.add(builder.take());
}

FlowLowering::Held FlowLowering::call_stage(const ast::Stage& stage, const sema::StageInfo& info,
                                            const sema::CallInfo& call) {
  const sema::Callable& callable = program_.callable(call.callee);
  std::vector<ValueId> values = expressions_.arguments(call);
  const Policies policies = lower_policies(stage, info, Governs::Stage);
  const std::vector<Output> outputs = outputs_of(call);
  std::vector<SlotId> slots = output_slots(info, outputs, callable.out_port);
  builder_.set_span(stage.expr->span);
  // A stage whose failure is taken goes on in a block that does not unwind there.
  const bool own_error = transition(info, "error") != nullptr;
  const BlockId after =
      builder_.block(own_error ? stage_name(stage) + "_done" : "after_" + stage_name(stage));
  const ir::SiteId site = module_.site(part_.flow, label_of(stage), call, stage.expr->span);
  std::vector<ir::Edge> edges = action_edges(stage, info);
  const bool wraps = !policies.kinds.empty() && callable.kind != CallableKind::Flow;
  SlotId action;
  ir::Callee callee = module_.callee(call);
  if (wraps) {
    callee = {wrap_node(call, site, stage.expr->span), {}};
    if (!callable.attributes.actions.empty()) {
      action = builder_.slot(stage_name(stage) + ".action", types_.str);
      slots.push_back(action);
    }
  }
  const bool invoke = wraps || invokes(call);
  ir::Op& op = add_governed(invoke ? Opcode::Invoke : Opcode::Call, std::move(values), policies);
  op.callee = callee;
  op.slots = slots;
  op.site = site;
  const BlockId ends = action.valid() ? builder_.block(stage_name(stage) + "_ends") : after;
  op.target = ends;
  if (!wraps) op.edges = edges;
  if (!invoke) builder_.jump(after);
  if (action.valid()) {
    builder_.enter(ends);
    ir::Op& chosen = builder_.add(Opcode::Switch, {builder_.load(action)});
    chosen.edges = edges;
    chosen.target = after;
  }
  for (const ir::Edge& edge : edges) {
    builder_.enter(edge.target);
    write_keys(info, outputs, slots);
    const sema::Transition* next = transition(info, edge.label);
    builder_.jump(next != nullptr ? transition_block(stage, *next) : after);
  }
  builder_.enter(after);
  write_keys(info, outputs, slots);
  if (callable.out_port < 0) return {};
  return {{}, slots[static_cast<size_t>(callable.out_port)]};
}

}  // namespace pflow
