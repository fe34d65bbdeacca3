/// Labels and transitions: which action of which stage a transition takes.
#include <algorithm>
#include <unordered_map>

#include "frontend/ast/walk.h"
#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/flow/flow_wording.h"
#include "frontend/sema/flow/jumps.h"

namespace pflow::sema {
namespace {

bool has(const std::vector<std::string>& actions, std::string_view action) {
  return std::find(actions.begin(), actions.end(), action) != actions.end();
}

std::string transition_text(const ast::TransitionStatement& transition) {
  return transition.any ? std::string("_") : fmt::format("\"{}\"", transition.action);
}

/// The stage of the scope's own list whose label is nearest; null without.
const ast::Stage* nearest_label(FlowContext& context, std::string_view name, RegionId scope) {
  if (context.lookups == 0) return nullptr;
  std::vector<std::string_view> candidates;
  for (const ast::Stage* stage : context.graph.stages()) {
    const LabelInfo* label = context.graph.label_of(*stage);
    if (label == nullptr || !label->in_list || label->scope != scope) continue;
    candidates.push_back(context.text(stage->label.symbol));
  }
  std::string_view nearest = context.nearest(name, candidates);
  if (nearest.empty()) return nullptr;
  for (const ast::Stage* stage : context.graph.stages()) {
    if (stage->label.symbol && context.text(stage->label.symbol) == nearest) return stage;
  }
  return nullptr;
}

void report_label(FlowContext& context, const ast::TransitionStatement& transition,
                  RegionId scope) {
  const FlowGraph& graph = context.graph;
  std::string_view name = context.text(transition.label.symbol);
  const LabelInfo* inner = graph.label(transition.label.symbol, scope);
  if (inner != nullptr && inner->scope != scope) {
    context.diagnostics.report(diag::outer_label, transition.label.span, name)
        .label("no transition here can name it")
        .secondary(inner->stage->label.span, "stands outside")
        .note("transitions in an `each` name stages of its own statement list");
    return;
  }
  if (inner != nullptr) {
    context.diagnostics.report(diag::inner_label, transition.label.span, name)
        .label("no transition can name it")
        .secondary(inner->stage->label.span, "stands in a block")
        .note("transitions name stages of the statement list of their flow or `each`");
    return;
  }
  auto report = context.diagnostics.report(diag::unknown_label, transition.label.span, name);
  report.label("no stage has this label");
  const ast::Stage* nearest = nearest_label(context, name, scope);
  if (nearest == nullptr) return;
  std::string_view text = context.text(nearest->label.symbol);
  report.secondary(nearest->label.span, "a similar label");
  report.help(fmt::format("a label with a similar name exists: `{}`", text),
              {transition.label.span, std::string(text)});
}

/// Whether another transition takes the action.
bool is_taken(const FlowContext& context, const ast::Stage& stage, std::string_view action) {
  const LabelInfo* label = context.graph.label_of(stage);
  return label != nullptr &&
         std::ranges::any_of(label->transitions, [&](const ast::TransitionStatement* other) {
           return !other->any && other->action == action;
         });
}

/// Whether the transition takes an action that its stage can end with.
bool check_action(FlowContext& context, const ast::Stage& stage,
                  const ast::TransitionStatement& transition) {
  const FlowGraph& graph = context.graph;
  std::string name = stage_name(context.names, stage);
  if (transition.action == "error") return true;
  if (transition.action == "limit") {
    if (stage.kind == ast::StageKind::Repeat && context.info(stage).max_visits >= 0) return true;
    if (!graph.reachable(graph.node_of(stage)) || graph.in_loop(graph.node_of(stage))) return true;
    context.diagnostics.report(diag::limit_without_loop, transition.action_span, name)
        .label("never taken")
        .secondary(stage_span(stage), "no path comes back to this stage");
    return false;
  }
  const std::vector<std::string>& actions = context.info(stage).actions;
  if (transition.action == "default" && !graph.is_choose(stage)) {
    context.diagnostics.report(diag::default_transition, transition.action_span, name)
        .label("goes on in source order")
        .secondary(stage_span(stage), "`default` is followed by `>>` or the next line");
    return false;
  }
  if (actions.empty() || has(actions, transition.action)) return true;
  std::vector<std::string> possible = actions;
  if (graph.is_choose(stage)) std::erase(possible, "default");
  auto report = context.diagnostics.report(diag::impossible_action, transition.action_span, name,
                                           transition.action);
  report.label("not an action of the stage")
      .secondary(stage_span(stage), "ends with " + quoted_list(possible));
  std::vector<std::string_view> candidates;
  for (const std::string& action : actions)
    if (!is_taken(context, stage, action)) candidates.push_back(action);
  std::string_view nearest = context.nearest(transition.action, candidates);
  if (!nearest.empty()) {
    report.help(fmt::format("an action with a similar name exists: `\"{}\"`", nearest),
                {transition.action_span, fmt::format("\"{}\"", nearest)});
  }
  return false;
}

void report_duplicate(FlowContext& context, const ast::Stage& stage,
                      const ast::TransitionStatement& transition,
                      const ast::TransitionStatement& earlier) {
  context.diagnostics
      .report(diag::duplicate_transition, transition.action_span, stage_name(context.names, stage),
              transition_text(transition))
      .label("never taken")
      .secondary(earlier.action_span, "already taken here");
}

/// The actions that `_` takes: all that have no transition, without `error` and
/// `limit`, and without the `default` that source order takes.
void expand_any(FlowContext& context, const ast::Stage& stage,
                const ast::TransitionStatement& transition) {
  StageInfo& info = context.info(stage);
  size_t before = info.transitions.size();
  for (const std::string& action : info.actions) {
    bool goes_on = action == "default" && !context.graph.is_choose(stage);
    bool is_taken = std::any_of(info.transitions.begin(), info.transitions.end(),
                                [&](const auto& taken) { return taken.action == action; });
    if (!goes_on && !is_taken) info.transitions.push_back({action, &transition});
  }
  if (info.transitions.size() != before || info.actions.empty()) return;
  context.diagnostics
      .report(diag::idle_any_transition, transition.action_span, stage_name(context.names, stage))
      .label("never taken")
      .secondary(stage_span(stage), "has a transition for every action")
      .note("`_` takes neither `error` nor `limit`");
}

void expand_label(FlowContext& context, const LabelInfo& label) {
  const ast::Stage& stage = *label.stage;
  const ast::TransitionStatement* any = nullptr;
  std::unordered_map<std::string_view, const ast::TransitionStatement*> taken;
  for (const ast::TransitionStatement* transition : label.transitions) {
    const ast::TransitionStatement*& first = transition->any ? any : taken[transition->action];
    if (first != nullptr) {
      report_duplicate(context, stage, *transition, *first);
      continue;
    }
    first = transition;
    if (!transition->any && check_action(context, stage, *transition)) {
      context.info(stage).transitions.push_back({std::string(transition->action), transition});
    }
  }
  if (any != nullptr) expand_any(context, stage, *any);
}

void report_inner(FlowContext& context, const ast::TransitionStatement& transition, Span holder) {
  context.diagnostics
      .report(diag::inner_transition, join(transition.label.span, transition.action_span))
      .label("in a block")
      .secondary({holder.file, holder.begin, holder.begin + 1}, "the block begins here")
      .note("transitions stand in the statement list of a flow or `each`");
  const LabelInfo* label = context.graph.label(transition.label.symbol);
  if (label != nullptr) context.reported.insert(label->stage);
}

/// Transitions inside blocks, and those that name no stage of their list. Blocks nest
/// no deeper than the parser allows. `holder` is the block when it is no list.
void check_block(FlowContext& context, const ast::Block& block, RegionId scope, Span holder) {
  const FlowGraph& graph = context.graph;
  for (const ast::Statement* statement : block.statements) {
    if (const ast::Chain* chain = chain_of(*statement)) {
      for (const ast::Stage* stage : chain->stages) {
        bool list = stage->kind == ast::StageKind::Each;
        for_each_block(*stage, [&](const ast::Block& inner) {
          check_block(context, inner, list ? graph.region_of(inner) : scope,
                      list ? Span() : inner.span);
        });
      }
    }
    if (statement->kind == ast::StatementKind::OnError) {
      const ast::Block& body = *ast::as<ast::OnErrorStatement>(*statement).body;
      check_block(context, body, scope, body.span);
    }
    if (statement->kind != ast::StatementKind::Transition) continue;
    const auto& transition = ast::as<ast::TransitionStatement>(*statement);
    if (holder.valid()) {
      report_inner(context, transition, holder);
      continue;
    }
    const LabelInfo* label = graph.label(transition.label.symbol, scope);
    if (label == nullptr || !label->in_list || label->scope != scope)
      report_label(context, transition, scope);
  }
}

}  // namespace

void expand_transitions(FlowContext& context) {
  const FlowGraph& graph = context.graph;
  if (graph.flow().body == nullptr) return;
  check_block(context, *graph.flow().body, RegionId(0), {});
  bound_repeats(context);
  for (const ast::Stage* stage : graph.stages()) {
    if (const LabelInfo* label = graph.label_of(*stage)) expand_label(context, *label);
  }
  expand_jumps(context);
}

}  // namespace pflow::sema
