// `if` and blocks inside expressions.
#include "frontend/lower/expr/expr_lowering.h"

namespace pflow {

using ast::Expr;
using ast::ExprKind;
using ir::BlockId;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

namespace {

/// The `if` that is all of an `else` branch; null when the branch is more.
const ast::IfExpr* else_if(const Expr* otherwise) {
  if (otherwise == nullptr) return nullptr;
  if (otherwise->kind == ExprKind::If) return &ast::as<ast::IfExpr>(*otherwise);
  if (otherwise->kind != ExprKind::Block) return nullptr;
  const auto& block = ast::as<ast::BlockExpr>(*otherwise);
  if (!block.lets.empty() || block.value == nullptr || block.value->kind != ExprKind::If)
    return nullptr;
  return &ast::as<ast::IfExpr>(*block.value);
}

}  // namespace

void ExprLowering::arm(const Expr& expr, SlotId into, BlockId done) {
  if (into.valid())
    builder_.store(into, lower_as(expr, builder_.type(into)));
  else
    lower(expr);
  builder_.jump(done);
}

ValueId ExprLowering::lower_if(const ast::IfExpr& expr, TypeId type) {
  const bool has_value = !is(type, TypeKind::Void) && !is(type, TypeKind::Never);
  const SlotId into = has_value ? builder_.slot("if", type) : SlotId();
  const BlockId done = builder_.block("after_if");
  // `else if` is as long as the source, so the chain is walked, not recursed into.
  for (const ast::IfExpr* at = &expr; at != nullptr;) {
    const ast::IfExpr* next = else_if(at->otherwise);
    ValueId condition = lower_as(*at->condition, types_.bool_);
    const BlockId then = builder_.block("then");
    const BlockId otherwise = at->otherwise == nullptr ? done : builder_.block("else");
    builder_.branch(condition, then, otherwise);
    builder_.enter(then);
    arm(*at->then, into, done);
    builder_.enter(otherwise);
    if (next == nullptr && at->otherwise != nullptr) arm(*at->otherwise, into, done);
    at = next;
  }
  builder_.enter(done);
  return has_value ? builder_.load(into) : ValueId();
}

void ExprLowering::bind_lets(const ast::BlockExpr& expr) {
  for (const ast::LetBinding& let : expr.lets) {
    const sema::KeyId key = program_.lets.at(&let);
    store(key, lower_as(*let.value, program_.key(key).type));
  }
}

ValueId ExprLowering::lower_block(const ast::BlockExpr& expr, TypeId type) {
  bind_lets(expr);
  if (expr.value == nullptr) return {};
  return is(type, TypeKind::Void) || is(type, TypeKind::Never) ? lower(*expr.value)
                                                               : lower_as(*expr.value, type);
}

}  // namespace pflow
