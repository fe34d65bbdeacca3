#include "frontend/sema/flow/jumps.h"

#include <algorithm>

#include "frontend/sema/flow/flow_wording.h"

namespace pflow::sema {
namespace {

constexpr int64_t kDefaultVisits = 100;

/// Whether an argument of the stage's call is what `>>` brings.
bool takes_piped(const FlowContext& context, const ast::Stage& stage) {
  if (stage.kind != ast::StageKind::Expr || stage.expr == nullptr) return false;
  auto call = context.program.calls.find(stage.expr->id);
  if (call == context.program.calls.end()) return false;
  const auto& arguments = call->second.arguments;
  return std::any_of(arguments.begin(), arguments.end(), [](const BoundArgument& argument) {
    return argument.source == ArgumentSource::Piped;
  });
}

/// What the jump brings, for a target that takes a piped value.
void feed(FlowContext& context, const ast::Stage& jump, const ast::Stage& target) {
  const ast::Stage* left = context.graph.piped_from(jump);
  std::string name = stage_name(context.names, target);
  ir::TypeId wanted = context.info(target).piped;
  ir::TypeId found = left != nullptr ? context.info(*left).value : context.types.void_;
  if (!wanted || !found || context.types.is(wanted, ir::TypeKind::Error) ||
      context.types.is(found, ir::TypeKind::Error)) {
    return;
  }
  if (context.types.is(found, ir::TypeKind::Void)) {
    context.diagnostics.report(diag::jump_without_value, jump.span, name)
        .label("nothing stands left of it")
        .secondary(stage_span(target), fmt::format("takes `{}` from the stage left of it",
                                                   context.types.shown(wanted)));
    return;
  }
  context.info(*left).value_used = true;
  if (found != wanted) {
    context.diagnostics
        .report(diag::jump_type, jump.span, name, context.types.shown(wanted),
                context.types.shown(found))
        .label(fmt::format("brings `{}`", context.types.shown(found)))
        .secondary(stage_span(target),
                   fmt::format("takes `{}` in its own chain", context.types.shown(wanted)));
    return;
  }
  context.info(jump).jump_feeds = true;
}

bool report_unreachable_target(FlowContext& context, const ast::Stage& jump,
                               const LabelInfo& label) {
  const FlowGraph& graph = context.graph;
  std::string_view name = context.text(label.stage->label.symbol);
  if (!label.in_list) {
    context.diagnostics.report(diag::inner_label, jump.span, name)
        .label("no jump can reach it")
        .secondary(label.stage->label.span, "stands in a block")
        .note("jumps go to stages of the statement list of a flow or `each`");
    return true;
  }
  RegionId barrier = graph.barrier(graph.region_of(graph.node_of(jump)), label.scope);
  if (!barrier.valid()) return false;
  context.diagnostics
      .report(diag::leaves_body, jump.span, fmt::format("the jump to `{}`", name),
              region_name(graph.region(barrier)))
      .label("cannot leave it")
      .secondary(region_head(graph, barrier), "which begins here");
  return true;
}

void expand_jump(FlowContext& context, const ast::Stage& jump, const ast::Stage& target) {
  if (report_unreachable_target(context, jump, *context.graph.label_of(target))) return;
  context.info(jump).jump = target.id;
  context.info(target).is_jump_target = true;
  if (context.graph.piped_from(target) != nullptr && takes_piped(context, target)) {
    feed(context, jump, target);
  }
}

const ast::PolicyEntry* max_policy(const FlowContext& context, const ast::Stage& stage) {
  for (const ast::PolicyEntry& policy : stage.policies) {
    if (context.text(policy.name.symbol) == "max") return &policy;
  }
  return nullptr;
}

void bound(StageInfo& info, const ast::PolicyEntry* max) {
  info.max_visits = kDefaultVisits;
  if (max == nullptr || max->value == nullptr) return;
  if (max->value->kind == ast::ExprKind::Int)
    info.max_visits = ast::as<ast::IntExpr>(*max->value).value;
  else
    info.max = max->value;
}

bool has_limit_transition(const LabelInfo& label) {
  return std::any_of(label.transitions.begin(), label.transitions.end(),
                     [](const auto* taken) { return !taken->any && taken->action == "limit"; });
}

/// A labelled stage in a loop is bounded if something comes back to it by name,
/// or if it says so itself.
void bound_visits(FlowContext& context, const LabelInfo& label) {
  const ast::Stage& stage = *label.stage;
  const FlowGraph& graph = context.graph;
  const ast::PolicyEntry* max = max_policy(context, stage);
  FlowNodeId node = graph.node_of(stage);
  if (stage.kind == ast::StageKind::Repeat) return;
  if (!graph.in_loop(node)) {
    if (max == nullptr || !graph.reachable(node)) return;
    context.diagnostics.report(diag::max_without_loop, max->name.span)
        .label("never reached")
        .secondary(stage_span(stage), "no path comes back to this stage");
    return;
  }
  if (max == nullptr && label.jumps.empty() && !has_limit_transition(label)) return;
  bound(context.info(stage), max);
}

}  // namespace

void bound_repeats(FlowContext& context) {
  for (const ast::Stage* stage : context.graph.stages()) {
    if (stage->kind != ast::StageKind::Repeat) continue;
    const ast::PolicyEntry* max = max_policy(context, *stage);
    // What it runs through bounds `repeat … in`.
    if (max == nullptr && stage->repeat->item.symbol) continue;
    bound(context.info(*stage), max);
  }
}

void expand_jumps(FlowContext& context) {
  const FlowGraph& graph = context.graph;
  for (const ast::Stage* stage : graph.stages()) {
    if (const ast::Stage* target = graph.jump_target(*stage)) {
      expand_jump(context, *stage, *target);
    } else if (stage->label.symbol) {
      if (const LabelInfo* label = graph.label_of(*stage)) bound_visits(context, *label);
    }
  }
}

}  // namespace pflow::sema
