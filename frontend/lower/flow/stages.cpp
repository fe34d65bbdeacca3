#include "frontend/lower/flow/stages.h"

#include "frontend/lower/expr/arguments.h"
#include "frontend/lower/flow/call_stages.h"
#include "frontend/lower/flow/control.h"
#include "frontend/lower/flow/each.h"
#include "frontend/lower/flow/ends.h"
#include "frontend/lower/flow/failures.h"
#include "frontend/lower/flow/outline.h"
#include "frontend/lower/flow/par.h"
#include "frontend/lower/flow/policies.h"
#include "frontend/lower/flow/repeat.h"
#include "frontend/lower/flow/stage_names.h"
#include "frontend/lower/flow/transitions.h"

namespace pflow::lowering {

using ast::ExprKind;
using ast::StageKind;
using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::ValueId;
using sema::Builtin;

namespace {

Held block_stage(FlowContext& f, const sema::StageInfo& info, const ast::Block& block) {
  Held value = f.lower(block);
  if (!f.builder.open()) return {};
  for (const sema::StageWrite& write : info.writes) f.exprs.keys.store(write.key, f.load(value));
  return value;
}

Held value_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info) {
  ValueId value = f.exprs.lower(*stage.expr);
  for (const sema::StageWrite& write : info.writes) f.exprs.keys.store(write.key, value);
  return {value, {}};
}

void choose_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                  const sema::CallInfo& call) {
  ValueId action = argument(f.exprs, call.arguments.front());
  std::vector<ir::Edge> edges;
  for (const std::string& name : info.actions)
    if (const sema::Transition* next = transition(info, name))
      edges.push_back({name, transition_block(f, stage, *next)});
  f.builder.set_span(stage.span);
  if (edges.empty()) return;
  // The action is one of them: the last needs no test.
  const BlockId otherwise = edges.back().target;
  edges.pop_back();
  if (edges.empty()) return f.builder.jump(otherwise);
  ir::Op& op = f.builder.add(Opcode::Switch, {action});
  op.edges = std::move(edges);
  op.target = otherwise;
}

Held run_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
               const Held& piped) {
  switch (stage.kind) {
    case StageKind::Block: return block_stage(f, info, *stage.block);
    case StageKind::If: return if_stage(f, stage, info);
    case StageKind::Match: return match_stage(f, stage, info);
    case StageKind::Repeat: return repeat_stage(f, stage, info, piped);
    case StageKind::Par: return par_stage(f, stage);
    case StageKind::Expr:
    case StageKind::Each:
    case StageKind::Break:
    case StageKind::Continue:
    case StageKind::End: break;
  }
  f.exprs.set_piped(piped.valid() ? f.load(piped) : ValueId(), piped.deferred);
  if (stage.expr->kind != ExprKind::Call) return value_stage(f, stage, info);
  const sema::CallInfo& call = f.program.calls.at(stage.expr->id);
  if (call.builtin == Builtin::Choose) {
    choose_stage(f, stage, info, call);
    return {};
  }
  return call.callee.valid() ? call_stage(f, stage, info, call) : value_stage(f, stage, info);
}

Held outlined_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info) {
  KeyUses uses(f.program);
  uses.add_work(stage);
  FlowPart inner = inner_part(f, stage_name(f, stage), stage.span);
  inner.params = keys_in(f.module, uses, true, {});
  inner.results = keys_out(f.module, uses, inner.params);
  inner.assigned = uses.writes();
  const std::vector<CarriedKey> in = inner.params;
  const std::vector<CarriedKey> out = inner.results;
  const ir::FunctionId flow =
      outline(f, std::move(inner), f.has_value(info.value),
              [&](auto& lowering) { return run_stage(lowering, stage, info, {}); });
  std::vector<ValueId> values = carried_values(f, in);
  const Policies policies = lower_policies(f, stage, info, Governs::Stage);
  std::vector<SlotId> slots = carried_slots(f, out);
  const auto& results = f.module.function(flow).results;
  SlotId value;
  if (results.size() > out.size()) {
    value = f.builder.slot(stage_name(f, stage) + ".value", results.back());
    slots.push_back(value);
  }
  invoke_part(f, stage, flow, std::move(values), policies, slots, "after_" + stage_name(f, stage));
  store_carried(f, out, slots);
  if (!value.valid()) return {};
  for (const sema::StageWrite& write : info.writes)
    f.exprs.keys.store(write.key, f.builder.load(value));
  return {{}, value};
}

Held with_policies(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                   const Held& piped) {
  if (called(f, stage.expr) != nullptr || !has_policies(info, Governs::Stage))
    return run_stage(f, stage, info, piped);
  return outlined_stage(f, stage, info);
}

Held with_fallback(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                   const Held& piped) {
  if (fallback_of(info) == nullptr) return with_policies(f, stage, info, piped);
  const sema::CallInfo* call = called(f, stage.expr);
  const sema::Callable* callable = call != nullptr ? &f.program.callable(call->callee) : nullptr;
  const int port = callable != nullptr ? callable->out_port : 0;
  return falls_back(
      f, stage_name(f, stage), info, callable, info.value,
      [&] { return with_policies(f, stage, info, piped); },
      [&](const Held& value) {
        for (const sema::StageWrite& write : info.writes)
          if (write.port == port) f.exprs.keys.store(write.key, f.load(value));
      });
}

}  // namespace

Held lower_stage(FlowContext& f, const ast::Stage& stage, Held piped) {
  const sema::StageInfo& info = f.program.stage(stage.id);
  f.builder.set_span(stage.span);
  if (info.jump.valid()) {
    jump_to_stage(f, info, piped);
    return {};
  }
  if (stage.kind == StageKind::End) {
    end_flow(f, piped);
    return {};
  }
  if (stage.kind == StageKind::Break || stage.kind == StageKind::Continue) {
    leave_round(f, stage.kind);
    return {};
  }
  piped = arrive(f, stage, info, piped);
  const BlockId outer = f.builder.unwind();
  const sema::Transition* error = transition(info, "error");
  if (error != nullptr) {
    f.builder.set_unwind(transition_block(f, stage, *error));
    const BlockId attempt = f.builder.block(stage_name(f, stage) + "_try");
    f.builder.jump(attempt);
    f.builder.enter(attempt);
  }
  Held value = stage.kind == StageKind::Each ? each_stage(f, stage, info, piped)
                                             : with_fallback(f, stage, info, piped);
  f.builder.set_unwind(outer);
  if (!f.builder.open()) return {};
  if (error != nullptr) {
    const BlockId after = f.builder.block("after_" + stage_name(f, stage));
    f.builder.jump(after);
    f.builder.enter(after);
  }
  if (const sema::Transition* next = transition(info, "default")) {
    f.builder.jump(transition_block(f, stage, *next));
    return {};
  }
  return value;
}

}  // namespace pflow::lowering
