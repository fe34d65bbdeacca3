/// Each way to end has set the results that the flow names.
#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/flow/flow_wording.h"

namespace pflow::sema {
namespace {

void report_end(FlowContext& context, const FlowEnd& end, const ast::Name& result) {
  const FlowGraph& graph = context.graph;
  std::string_view name = context.text(result.symbol);
  auto report = context.diagnostics.report(diag::result_unset, end.span, name);
  report.label("the flow ends here")
      .secondary(result.span, fmt::format("`{}` is due at every end", name));
  if (graph.set_on_some_path(result.symbol, end.node)) {
    show_path(report, graph.unset_path(result.symbol, end.node));
  } else {
    FlowNodeId setter = graph.setters(result.symbol).front();
    for (const ast::Name& key : graph.writes(setter)) {
      if (key.symbol == result.symbol) report.secondary(key.span, "set only here");
    }
  }
}

}  // namespace

void check_results(FlowContext& context) {
  const FlowGraph& graph = context.graph;
  for (const ast::Port& result : graph.flow().results) {
    if (!graph.is_key(result.name.symbol)) continue;
    for (const FlowEnd& end : graph.ends()) {
      if (end.kind == EndKind::Fail || end.kind == EndKind::Return) continue;
      if (graph.set_on_every_path(result.name.symbol, end.node)) continue;
      report_end(context, end, result.name);
    }
  }
}

}  // namespace pflow::sema
