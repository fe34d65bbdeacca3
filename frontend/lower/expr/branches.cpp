#include "frontend/lower/expr/branches.h"

namespace pflow::lowering {

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

void lower_arm_value(ExprContext& c, const Expr& expr, SlotId into, BlockId done) {
  if (into.valid())
    c.builder.store(into, c.lower_as(expr, c.builder.type(into)));
  else
    c.lower(expr);
  c.builder.jump(done);
}

ValueId lower_if(ExprContext& c, const ast::IfExpr& expr, TypeId type) {
  const bool has_value = !c.is(type, TypeKind::Void) && !c.is(type, TypeKind::Never);
  const SlotId into = has_value ? c.builder.slot("if", type) : SlotId();
  const BlockId done = c.builder.block("after_if");
  // `else if` is as long as the source, so the chain is walked, not recursed into.
  for (const ast::IfExpr* at = &expr; at != nullptr;) {
    const ast::IfExpr* next = else_if(at->otherwise);
    ValueId condition = c.lower_as(*at->condition, c.types.bool_);
    const BlockId then = c.builder.block("then");
    const BlockId otherwise = at->otherwise == nullptr ? done : c.builder.block("else");
    c.builder.branch(condition, then, otherwise);
    c.builder.enter(then);
    lower_arm_value(c, *at->then, into, done);
    c.builder.enter(otherwise);
    if (next == nullptr && at->otherwise != nullptr) lower_arm_value(c, *at->otherwise, into, done);
    at = next;
  }
  c.builder.enter(done);
  return has_value ? c.builder.load(into) : ValueId();
}

namespace {

void bind_lets(ExprContext& c, const ast::BlockExpr& expr) {
  for (const ast::LetBinding& let : expr.lets) {
    const sema::KeyId key = c.program.lets.at(&let);
    c.keys.store(key, c.lower_as(*let.value, c.program.key(key).type));
  }
}

}  // namespace

ValueId lower_block(ExprContext& c, const ast::BlockExpr& expr, TypeId type) {
  bind_lets(c, expr);
  if (expr.value == nullptr) return {};
  return c.is(type, TypeKind::Void) || c.is(type, TypeKind::Never) ? c.lower(*expr.value)
                                                                   : c.lower_as(*expr.value, type);
}

}  // namespace pflow::lowering
