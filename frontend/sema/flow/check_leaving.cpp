/// What `return`, `end`, `break` and `continue` cannot leave.
#include "frontend/sema/flow/flow_checks.h"
#include "frontend/sema/flow/flow_wording.h"

namespace pflow::sema {
namespace {

std::string_view help_in(RegionKind held_by) {
  switch (held_by) {
    case RegionKind::Each:
      return "`end` leaves the item; an `each` runs all of them, `repeat item in list { … }` may "
             "stop before the last";
    case RegionKind::Branch: return "set a key in the branch, and look at it after the `par`";
    case RegionKind::Whole: return "set a key in the block, and look at it after the block";
    case RegionKind::Flow:
    case RegionKind::Loop:
    case RegionKind::Arm:
    case RegionKind::Block:
    case RegionKind::OnError: return "`return` and `end` leave the flow";
  }
}

void check_rounds(FlowContext& context) {
  const FlowGraph& graph = context.graph;
  for (const HeldRound& held : graph.held_rounds()) {
    Span span = stage_head(*held.stage);
    std::string word = fmt::format("`{}`", word_of(*held.stage));
    RegionKind kind = held.held_by.valid() ? graph.region(held.held_by).kind : RegionKind::Flow;
    if (!held.loop.valid()) {
      context.diagnostics.report(diag::outside_repeat, span, word)
          .label("no `repeat` around it")
          .help(std::string(help_in(kind == RegionKind::Each ? kind : RegionKind::Flow)));
      continue;
    }
    context.diagnostics
        .report(diag::leaves_body, span, word, region_name(graph.region(held.held_by)))
        .label("cannot leave it")
        .secondary(region_head(graph, held.held_by), "begins here")
        .help(std::string(help_in(kind)));
  }
}

}  // namespace

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
  check_rounds(context);
}

}  // namespace pflow::sema
