/// Every action of a stage leads somewhere; `choose` never goes on.
#include <algorithm>

#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/flow/flow_wording.h"

namespace pflow::sema {
namespace {

std::vector<std::string> unhandled(const FlowContext& context, const ast::Stage& stage) {
  const StageInfo& info = context.info(stage);
  std::vector<std::string> missing;
  for (const std::string& action : info.actions) {
    if (action == "default" && !context.graph.is_choose(stage)) continue;
    bool is_taken = std::any_of(info.transitions.begin(), info.transitions.end(),
                                [&](const Transition& taken) { return taken.action == action; });
    if (!is_taken) missing.push_back(action);
  }
  return missing;
}

void report_unhandled(FlowContext& context, const ast::Stage& stage,
                      const std::vector<std::string>& missing) {
  const FlowGraph& graph = context.graph;
  auto report = context.diagnostics.report(diag::unhandled_action, stage_span(stage),
                                           stage_name(context.names, stage), quoted_list(missing));
  report.label(missing.size() == 1 ? "this action leads nowhere" : "these actions lead nowhere");
  if (!stage.label.symbol) {
    report.help("a label lets transitions name the stage", {end_of(stage.span), " as gate"});
    return;
  }
  const LabelInfo* label = graph.label(stage.label.symbol, graph.node_of(stage));
  if (!label->in_list) {
    report.note("transitions name stages of the statement list of their flow or `each`");
    return;
  }
  std::string lines;
  std::string_view name = context.text(stage.label.symbol);
  for (const std::string& action : missing) {
    lines += fmt::format("\n  {} - \"{}\" >> end", name, action);
  }
  const auto& taken = label->transitions;
  Span last = taken.empty() ? stage.span : taken.back()->span;
  if (!taken.empty()) report.secondary(taken.back()->span, "the last transition of the stage");
  report.help(missing.size() == 1 ? "take it with a transition" : "take them with transitions",
              {end_of(last), lines});
}

/// `error` and `limit` are how any stage ends without its own doing.
void check_reserved(FlowContext& context, const ast::Stage& stage) {
  for (const std::string& action : context.info(stage).actions) {
    if (action != "error" && action != "limit") continue;
    context.diagnostics.report(diag::reserved_action, stage.expr->span, action)
        .label("takes a union with this member")
        .note(fmt::format("a transition from `{}` takes the {} of the stage itself", action,
                          action == "error" ? "failure" : "passed bound"));
  }
}

}  // namespace

void check_actions(FlowContext& context) {
  const FlowGraph& graph = context.graph;
  for (const ast::Stage* stage : graph.stages()) {
    if (const ast::Stage* left = graph.piped_from(*stage); left && graph.is_choose(*left)) {
      context.diagnostics.report(diag::choose_goes_on, stage_span(*stage))
          .label("never runs after `choose`")
          .secondary(stage_span(*left), "ends with the action it is given")
          .note("what follows an action stands in a transition: `label - \"action\" >> …`");
    }
    if (stage->kind != ast::StageKind::Expr || graph.jump_target(*stage) != nullptr) continue;
    if (graph.is_choose(*stage)) check_reserved(context, *stage);
    std::vector<std::string> missing = unhandled(context, *stage);
    if (missing.empty() || !context.reported.insert(stage).second) continue;
    report_unhandled(context, *stage, missing);
  }
}

}  // namespace pflow::sema
