#include "frontend/lower/flow/stage_names.h"

namespace pflow::lowering {

using ast::ExprKind;
using ast::StageKind;

std::string_view label_of(const FlowContext& f, const ast::Stage& stage) {
  return stage.label.symbol.valid() ? f.module.text(stage.label.symbol) : std::string_view();
}

const sema::CallInfo* called(const FlowContext& f, const ast::Expr* expr) {
  if (expr == nullptr || expr->kind != ExprKind::Call) return nullptr;
  auto call = f.program.calls.find(expr->id);
  return call != f.program.calls.end() && call->second.callee.valid() ? &call->second : nullptr;
}

std::string stage_name(const FlowContext& f, const ast::Stage& stage) {
  if (stage.label.symbol.valid()) return std::string(label_of(f, stage));
  switch (stage.kind) {
    case StageKind::Block: return "block";
    case StageKind::Par: return "par";
    case StageKind::Each: return "each";
    case StageKind::Repeat: return "repeat";
    case StageKind::If: return "if";
    case StageKind::Match: return "match";
    case StageKind::Expr:
    case StageKind::Break:
    case StageKind::Continue:
    case StageKind::End: break;
  }
  const sema::CallInfo* call = called(f, stage.expr);
  return call == nullptr ? "value"
                         : std::string(f.module.text(f.program.callable(call->callee).name));
}

}  // namespace pflow::lowering
