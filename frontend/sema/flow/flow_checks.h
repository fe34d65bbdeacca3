/// The checks that are properties of paths (docs/language/checks.md). Who fills what:
///
/// 1. SEMA declares names and builds one FlowGraph a flow, infers types with its
///    help, and fills in StageInfo: stage, actions (of `choose`: the literals of
///    its argument; of a node with `actions(…)`: `default` and those; of anything
///    else `default`; empty when unknown because of an error), writes, value,
///    piped, value_used, error_key. SEMA also sets Key::tested_unset.
/// 2. `expand_transitions` (needs actions, value, piped) fills in transitions,
///    max_visits, jump, jump_feeds, is_jump_target, and reports what is wrong with
///    labels, transitions and jumps. A jump that feeds counts as a use of the
///    value: it sets value_used of the stage left of it.
/// 3. `check_flow` reports the rest. Neither needs an error-free flow: what has
///    the type Error, or no actions, is passed over.
///
/// SEMA reports unknown names, types, port binding, values sent twice and piped
/// values lost. Natural names: Natural::One is the stage's output; for the other
/// kinds call `report_natural`, which says why the name means nothing here.
#pragma once

#include <string_view>
#include <unordered_set>

#include "frontend/sema/checked.h"
#include "frontend/sema/flow/flow_graph.h"
#include "support/diagnostics.h"
#include "support/interner.h"

namespace pflow::sema {

/// What every flow check sees.
struct FlowContext {
  const FlowGraph& graph;
  Program& program;
  const Body& body;  ///< results decide what a way to end must have set
  const SourceMap& sources;
  const Interner& names;
  const ir::TypeTable& types;
  Diagnostics& diagnostics;
  const std::vector<uint16_t>& effects;  ///< by CallableId (program_effects.h)
  /// Stages whose actions lead nowhere, already reported.
  std::unordered_set<const ast::Stage*> reported = {};
  /// How many more names may be looked up by spelling: each look-up reads them all.
  uint32_t lookups = 20;

  [[nodiscard]] std::string_view nearest(std::string_view name,
                                         const std::vector<std::string_view>& candidates) {
    if (lookups == 0) return {};
    --lookups;
    return nearest_name(name, candidates);
  }
  [[nodiscard]] std::string_view text(Symbol name) const { return names.text(name); }
  [[nodiscard]] StageInfo& info(const ast::Stage& stage) const {
    return program.stages[stage.id.index];
  }
};

/// Step 2.
void expand_transitions(FlowContext& context);
/// Step 3: all checks below, in order.
void check_flow(FlowContext& context);

/// Reads before a write on some path, of keys and of `label.port`.
void check_reads(FlowContext& context);
/// A second `let` that the first reaches.
void check_lets(FlowContext& context);
/// Unhandled and impossible actions, `choose` followed by `>>`.
void check_actions(FlowContext& context);
/// Stages that nothing reaches, loops that no action leaves.
void check_reach(FlowContext& context);
/// Each way to end has set the flow's results.
void check_results(FlowContext& context);
/// Values that nothing takes.
void check_values(FlowContext& context);
/// What one branch of a `par` assigns and another one uses.
void check_races(FlowContext& context);
/// One file written, or standard input read, by branches or items that run at once.
void check_at_once(FlowContext& context);
/// What items of an `each` with `batch` do beside asking one `llm`.
void check_batches(FlowContext& context);
/// `return` and `end` in a branch of `par`.
void check_leaving(FlowContext& context);
/// Streams are consumed exactly once, where they are made.
void check_streams(FlowContext& context);
/// Stages in a row that could run at once (a note).
void check_neighbours(FlowContext& context);
/// Labels never used (a warning).
void check_labels(FlowContext& context);

/// Reports that `port`, read at `read` in `node`, is the natural name of no stage,
/// of several, or of one that does not complete on every path. False without a
/// report when no stage of the flow has such a port: then it is an unknown name.
bool report_natural(const FlowGraph& graph, const Interner& names, Symbol port, Span read,
                    FlowNodeId node, Diagnostics& diagnostics);

}  // namespace pflow::sema
