#include "frontend/lower/expr/maybe_unset.h"

namespace pflow::lowering {

using ast::ExprKind;
using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

namespace {

void else_value(ExprContext& c, const ast::BinaryExpr& expr, SlotId into, BlockId done) {
  c.builder.store(into, c.lower_as(*expr.right, c.builder.type(into)));
  c.builder.jump(done);
}

}  // namespace

sema::KeyId maybe_unset_key(const ExprContext& c, const ast::Expr& expr) {
  const sema::KeyId key = c.program.expr_keys[expr.id.index];
  if (!key.valid() || !c.module.has_flag(key)) return {};
  return expr.kind == ExprKind::Name || expr.kind == ExprKind::Field ? key : sema::KeyId();
}

ValueId lower_coalesce(ExprContext& c, const ast::BinaryExpr& expr, ValueId left) {
  const TypeId type = c.type_of(expr);
  if (!left.valid() || !c.is(c.builder.type(left), TypeKind::Opt)) return left;
  const SlotId into = c.builder.slot("value", type);
  const BlockId set = c.builder.block("some");
  const BlockId unset = c.builder.block("none");
  const BlockId done = c.builder.block("after_value");
  c.builder.branch(c.builder.make(Opcode::OptHas, {left}, c.types.bool_), set, unset);
  c.builder.enter(set);
  c.builder.store(into, c.convert(left, type));
  c.builder.jump(done);
  c.builder.enter(unset);
  else_value(c, expr, into, done);
  c.builder.enter(done);
  return c.builder.load(into);
}

ValueId lower_maybe_unset(ExprContext& c, const ast::BinaryExpr& expr, sema::KeyId key) {
  const TypeId type = c.type_of(expr);
  const std::string name(c.module.text(c.program.key(key).name));
  const SlotId into = c.builder.slot(name + ".or", type);
  const BlockId set = c.builder.block(name + "_set");
  const BlockId unset = c.builder.block(name + "_unset");
  const BlockId done = c.builder.block("after_" + name);
  c.builder.branch(c.builder.load(c.keys.set_flag(key)), set, unset);
  c.builder.enter(set);
  if (c.is(c.program.key(key).type, TypeKind::Opt) && !c.is(type, TypeKind::Opt)) {
    const BlockId some = c.builder.block(name + "_some");
    c.builder.branch(
        c.builder.make(Opcode::OptHas, {c.builder.load(c.keys.slot(key))}, c.types.bool_), some,
        unset);
    c.builder.enter(some);
  }
  c.builder.store(into, c.convert(c.builder.load(c.keys.slot(key)), type));
  c.builder.jump(done);
  c.builder.enter(unset);
  else_value(c, expr, into, done);
  c.builder.enter(done);
  return c.builder.load(into);
}

}  // namespace pflow::lowering
