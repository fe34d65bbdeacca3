/// How the flow checks speak of stages, actions and paths.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "frontend/sema/flow/flow_checks.h"

namespace pflow::sema {

/// Its label, else what it calls, else `this stage`.
[[nodiscard]] std::string stage_name(const Interner& names, const ast::Stage& stage);
/// `end`, `break` or `continue`.
[[nodiscard]] std::string_view word_of(const ast::Stage& stage);
/// The shortest place that stands for the stage: its label, else its expression.
[[nodiscard]] Span stage_span(const ast::Stage& stage);
/// What stands before the stage's body: `each x`, `if ready`, `par`.
[[nodiscard]] Span stage_head(const ast::Stage& stage);
/// `a branch of `par``, with an article.
[[nodiscard]] std::string_view region_name(const Region& region);
/// The place that stands for what holds the region.
[[nodiscard]] Span region_head(const FlowGraph& graph, RegionId id);
/// `"approve"`, `"revise"` and 3 more; each in backticks.
[[nodiscard]] std::string quoted_list(const std::vector<std::string>& actions);
/// Where the place after the last of a stage's written parts is, to insert behind it.
[[nodiscard]] inline Span end_of(Span span) { return {span.file, span.end, span.end}; }
/// Adds the label that shows which path misses the setter.
void show_path(DiagnosticBuilder& report, const Witness& witness);

}  // namespace pflow::sema
