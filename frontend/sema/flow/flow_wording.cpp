#include "frontend/sema/flow/flow_wording.h"

#include <algorithm>

namespace pflow::sema {

std::string stage_name(const Interner& names, const ast::Stage& stage) {
  if (stage.label.symbol) return std::string(names.text(stage.label.symbol));
  if (Symbol callee = FlowGraph::callee(stage)) return std::string(names.text(callee));
  return stage.kind == ast::StageKind::End ? "end" : "this stage";
}

Span stage_span(const ast::Stage& stage) {
  if (stage.label.symbol) return stage.label.span;
  return stage.expr != nullptr ? stage.expr->span : stage.span;
}

std::string quoted_list(const std::vector<std::string>& actions) {
  constexpr size_t kShown = 4;
  std::string list;
  size_t shown = actions.size() > kShown + 1 ? kShown : actions.size();
  for (size_t i = 0; i < shown; ++i) {
    if (i != 0) list += ", ";
    list += "`\"" + actions[i] + "\"`";
  }
  if (shown < actions.size()) list += fmt::format(" and {} more", actions.size() - shown);
  return list;
}

void show_path(DiagnosticBuilder& report, const Witness& witness) {
  if (witness.over != nullptr) {
    report.secondary(witness.over->action_span, "the path over this action misses it");
  } else if (witness.after != nullptr) {
    report.secondary(stage_span(*witness.after), "control goes on from here without it");
  }
}

}  // namespace pflow::sema
