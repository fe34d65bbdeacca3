#include "frontend/sema/flow/flow_wording.h"

#include <algorithm>

namespace pflow::sema {

std::string stage_name(const Interner& names, const ast::Stage& stage) {
  if (stage.label.symbol) return std::string(names.text(stage.label.symbol));
  if (Symbol callee = FlowGraph::callee(stage)) return std::string(names.text(callee));
  switch (stage.kind) {
    case ast::StageKind::End:
    case ast::StageKind::Break:
    case ast::StageKind::Continue: return std::string(word_of(stage));
    case ast::StageKind::Par: return "par";
    case ast::StageKind::Each: return "each";
    case ast::StageKind::Repeat: return "repeat";
    case ast::StageKind::If: return "if";
    case ast::StageKind::Match: return "match";
    case ast::StageKind::Expr:
    case ast::StageKind::Block: return "this stage";
  }
}

std::string_view word_of(const ast::Stage& stage) {
  if (stage.kind == ast::StageKind::Break) return "break";
  return stage.kind == ast::StageKind::Continue ? "continue" : "end";
}

Span stage_span(const ast::Stage& stage) {
  if (stage.label.symbol) return stage.label.span;
  return stage.expr != nullptr ? stage.expr->span : stage_head(stage);
}

Span stage_head(const ast::Stage& stage) {
  Span head = stage.span;
  auto word = [&](uint32_t length) { head.end = std::min(head.end, head.begin + length); };
  switch (stage.kind) {
    case ast::StageKind::Expr:
    case ast::StageKind::End: break;
    case ast::StageKind::Break: word(5); break;
    case ast::StageKind::Continue: word(8); break;
    case ast::StageKind::Block: word(1); break;
    case ast::StageKind::Par: word(3); break;
    case ast::StageKind::Each: head.end = stage.each->item.span.end; break;
    case ast::StageKind::Repeat:
      word(6);
      if (stage.repeat->list != nullptr) head.end = stage.repeat->list->span.end;
      break;
    case ast::StageKind::If:
      if (!stage.if_->arms.empty()) head.end = stage.if_->arms[0].condition->span.end;
      break;
    case ast::StageKind::Match: head.end = stage.match->subject->span.end; break;
  }
  return head;
}

std::string_view region_name(const Region& region) {
  switch (region.kind) {
    case RegionKind::Flow: return "the flow";
    case RegionKind::Each: return "the body of `each`";
    case RegionKind::Branch: return "a branch of `par`";
    case RegionKind::Loop: return "the body of `repeat`";
    case RegionKind::Arm: return "an arm";
    case RegionKind::Block: return "a block";
    case RegionKind::Whole: return "a block with policies";
    case RegionKind::OnError: return "`on error`";
  }
  return "a block";
}

Span region_head(const FlowGraph& graph, RegionId id) {
  const Region& region = graph.region(id);
  if (region.stage != nullptr) return stage_head(*region.stage);
  return {region.span.file, region.span.begin, region.span.begin + 1};
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
