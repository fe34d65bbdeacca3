/// Values that nothing takes, and labels that nothing uses.
#include <algorithm>

#include "frontend/ast/walk.h"
#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/flow/flow_wording.h"

namespace pflow::sema {
namespace {

bool is_pure(const Program& program, const ast::Stage& stage) {
  if (stage.kind != ast::StageKind::Expr || stage.expr == nullptr) return false;
  if (stage.expr->kind != ast::ExprKind::Call) return stage.expr->kind != ast::ExprKind::Error;
  auto found = program.calls.find(stage.expr->id);
  if (found == program.calls.end()) return false;
  const CallInfo& call = found->second;
  if (call.builtin != Builtin::None) {
    return call.builtin != Builtin::Choose && call.builtin != Builtin::Fail;
  }
  if (!call.callee) return false;
  const Callable& callee = program.callable(call.callee);
  return callee.kind == CallableKind::Function ||
         (callee.kind == CallableKind::Extern && callee.attributes.pure);
}

/// The stages whose value is that of something around them: of the flow, or of a
/// block whose value is taken.
class PassedOn {
 public:
  explicit PassedOn(const FlowContext& context) {
    // Without results by name; none either where some way to end gives no value.
    if (context.graph.flow().results.empty() && !context.body.results.empty()) {
      for (const FlowEnd& end : context.graph.ends()) {
        if (end.stage != nullptr) add(*end.stage);
      }
    }
    for (const ast::Stage* stage : context.graph.stages()) {
      if (stage->kind != ast::StageKind::Expr && context.info(*stage).value_used) add(*stage);
    }
  }
  [[nodiscard]] bool has(const ast::Stage& stage) const { return stages_.contains(&stage); }

 private:
  void add(const ast::Stage& stage) {
    if (!stages_.insert(&stage).second || !passes_on(stage.kind)) return;
    for_each_block(stage, [&](const ast::Block& block) {
      if (block.statements.empty()) return;
      const ast::Statement* last = block.statements.back();
      if (last->kind != ast::StatementKind::Chain) return;
      auto stages = ast::as<ast::ChainStatement>(*last).chain.stages;
      if (!stages.empty()) add(*stages.back());
    });
  }
  static bool passes_on(ast::StageKind kind) {
    return kind != ast::StageKind::Par && kind != ast::StageKind::Repeat;
  }

  std::unordered_set<const ast::Stage*> stages_;
};

bool is_end(const FlowGraph& graph, const ast::Stage& stage) {
  const auto& ends = graph.ends();
  return std::any_of(ends.begin(), ends.end(),
                     [&](const FlowEnd& end) { return end.stage == &stage; });
}

/// ` as label` with the blanks before it; on a line of its own with that line.
Span without_label(const SourceMap& sources, const ast::Stage& stage) {
  Span cut = stage.label_span;
  std::string_view text = sources.text(cut.file);
  while (cut.begin > 0 && (text[cut.begin - 1] == ' ' || text[cut.begin - 1] == '\t')) --cut.begin;
  bool ends_line = cut.end >= text.size() || text[cut.end] == '\n' || text[cut.end] == '\r';
  if (!ends_line || cut.begin == 0 || text[cut.begin - 1] != '\n') return cut;
  cut.begin -= cut.begin > 1 && text[cut.begin - 2] == '\r' ? 2 : 1;
  return cut;
}

/// Whether a stage is a name that nothing has: perhaps a jump to a label.
bool has_unknown_name(const FlowContext& context) {
  const auto& stages = context.graph.stages();
  return std::any_of(stages.begin(), stages.end(), [&](const ast::Stage* stage) {
    bool is_name = stage->kind == ast::StageKind::Expr && stage->expr->kind == ast::ExprKind::Name;
    if (!is_name || context.graph.jump_target(*stage) != nullptr) return false;
    return context.types.is(context.info(*stage).value, ir::TypeKind::Error);
  });
}

}  // namespace

void check_values(FlowContext& context) {
  const FlowGraph& graph = context.graph;
  PassedOn passed(context);
  for (const ast::Stage* stage : graph.stages()) {
    if (graph.jump_target(*stage) != nullptr || !graph.reachable(graph.node_of(*stage))) continue;
    const StageInfo& info = context.info(*stage);
    if (info.value_used || !stage->bindings.empty() || passed.has(*stage)) continue;
    if (!info.value || context.types.is(info.value, ir::TypeKind::Error)) continue;
    if (context.types.is(info.value, ir::TypeKind::Never)) continue;
    if (!is_pure(context.program, *stage)) continue;
    auto report = context.diagnostics.report(diag::value_unused, stage_span(*stage));
    report.label("a pure stage without effect")
        .help("keep the value in a key", {end_of(stage->expr->span), " -> value"});
    if (!graph.flow().results.empty()) {
      report.secondary(graph.flow().results_span, "the flow gives these keys instead");
    } else if (is_end(graph, *stage)) {
      report.note("the flow gives no value, since it can also end without one");
    }
  }
}

namespace {

/// Who answers it calls the stage by its label.
bool waits_for_somebody(const Program& program, const ast::Stage& stage) {
  if (stage.kind != ast::StageKind::Expr || stage.expr == nullptr) return false;
  auto found = program.calls.find(stage.expr->id);
  return found != program.calls.end() && found->second.callee &&
         program.callable(found->second.callee).module == "waits";
}

}  // namespace

void check_labels(FlowContext& context) {
  for (const ast::Stage* stage : context.graph.stages()) {
    if (!stage->label.symbol || waits_for_somebody(context.program, *stage)) continue;
    const LabelInfo* label = context.graph.label_of(*stage);
    if (label == nullptr || label->used) continue;
    auto report = context.diagnostics.report(diag::unused_label, stage->label.span,
                                             context.text(stage->label.symbol));
    report.label("no transition, jump or read");
    report.help("leave the label out", {without_label(context.sources, *stage), ""});
  }
}

void check_flow(FlowContext& context) {
  // What an unknown name may jump to is not called unreached or unused.
  bool jumps_known = !has_unknown_name(context);
  check_actions(context);
  if (jumps_known) check_reach(context);
  check_reads(context);
  check_lets(context);
  check_results(context);
  check_leaving(context);
  check_races(context);
  check_at_once(context);
  check_batches(context);
  check_streams(context);
  check_values(context);
  if (jumps_known) check_labels(context);
  check_neighbours(context);
}

}  // namespace pflow::sema
