/// `return` and `end` do not leave a branch of `par`, or a block that runs as a whole.
#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/flow/flow_wording.h"

namespace pflow::sema {

void check_leaving(FlowContext& context) {
  const FlowGraph& graph = context.graph;
  for (const FlowEnd& end : graph.held_ends()) {
    auto report = context.diagnostics.report(diag::leaves_body, end.span,
                                             end.kind == EndKind::Return ? "`return`" : "`end`",
                                             region_name(graph.region(end.held_by)));
    report.label("cannot leave it").secondary(region_head(graph, end.held_by), "begins here");
    if (graph.region(end.held_by).kind == RegionKind::Branch)
      report.note("a `par` awaits all its branches; set a key, and look at it after the `par`");
    else
      report.note("what has policies is tried and timed as a whole");
  }
}

}  // namespace pflow::sema
