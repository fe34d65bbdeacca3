#include "frontend/lower/expr/convert.h"
#include "frontend/lower/expr/expr_lowering.h"
#include "support/check.h"

namespace pflow {

using ast::BinaryOp;
using ast::ExprKind;
using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

ValueId ExprLowering::lower_unary(const ast::UnaryExpr& expr) {
  if (expr.op == ast::UnaryOp::Not) {
    ValueId value = lower_as(*expr.operand, types_.bool_);
    builder_.set_span(expr.span);
    return builder_.make(Opcode::Not, {value}, types_.bool_);
  }
  ValueId value = convert(lower(*expr.operand), type_of(expr));
  builder_.set_span(expr.span);
  return builder_.make(Opcode::Neg, {value}, builder_.type(value));
}

ValueId ExprLowering::lower_comparison(const ast::BinaryExpr& expr, Sides& sides) {
  if (expr.left->kind != ExprKind::None) sides.left = lower(*expr.left);
  if (expr.right->kind != ExprKind::None) {
    sides.right = lower(*expr.right);
    evaluated_.emplace(expr.right, sides.right);
  }
  const ValueId holds = lower_binary(expr, sides.left);
  evaluated_.erase(expr.right);
  return holds;
}

ValueId ExprLowering::lower_binary(const ast::BinaryExpr& expr, ValueId left) {
  if (expr.op == BinaryOp::And || expr.op == BinaryOp::Or) return lower_logic(expr, left);
  if (expr.op == BinaryOp::Coalesce) return lower_coalesce(expr, left);
  if (expr.op == BinaryOp::Eq || expr.op == BinaryOp::Ne) return lower_equality(expr, left);
  ValueId right = lower(*expr.right);
  builder_.set_span(expr.span);
  if (!left.valid() || !right.valid()) return {};
  const TypeId type = type_of(expr);
  auto arithmetic = [&](Opcode opcode) {
    return builder_.make(opcode, {convert(left, type), convert(right, type)}, type);
  };
  switch (expr.op) {
    case BinaryOp::In: return lower_in(left, right);
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge: return lower_order(expr.op, left, right);
    case BinaryOp::Add: return lower_sum(left, right, type);
    case BinaryOp::Sub: return arithmetic(Opcode::Sub);
    case BinaryOp::Mul: return arithmetic(Opcode::Mul);
    case BinaryOp::Div: return arithmetic(Opcode::Div);
    case BinaryOp::Rem: return arithmetic(Opcode::Rem);
    case BinaryOp::Or:
    case BinaryOp::And:
    case BinaryOp::Eq:
    case BinaryOp::Ne:
    case BinaryOp::Coalesce: PFLOW_UNREACHABLE("evaluates its right side itself");
  }
}

ValueId ExprLowering::lower_sum(ValueId left, ValueId right, TypeId type) {
  const Opcode opcode = types_.is_text_like(type)  ? Opcode::TextAppend
                        : is(type, TypeKind::List) ? Opcode::ListConcat
                                                   : Opcode::Add;
  return builder_.make(opcode, {convert(left, type), convert(right, type)}, type);
}

ValueId ExprLowering::lower_order(BinaryOp op, ValueId left, ValueId right) {
  const TypeId type = common_type(types_, builder_.type(left), builder_.type(right));
  left = convert(left, type);
  right = convert(right, type);
  if (op == BinaryOp::Gt || op == BinaryOp::Ge) std::swap(left, right);
  const bool strict = op == BinaryOp::Lt || op == BinaryOp::Gt;
  return builder_.make(strict ? Opcode::Lt : Opcode::Le, {left, right}, types_.bool_);
}

ValueId ExprLowering::lower_equality(const ast::BinaryExpr& expr, ValueId left) {
  const bool none_left = expr.left->kind == ExprKind::None;
  const bool none_right = expr.right->kind == ExprKind::None;
  ValueId right = none_right ? ValueId() : lower(*expr.right);
  builder_.set_span(expr.span);
  if (none_left || none_right) {
    ValueId tested = none_left ? right : left;
    if (tested.valid() && is(builder_.type(tested), TypeKind::Json))
      return builder_.make(expr.op == BinaryOp::Eq ? Opcode::Eq : Opcode::Ne,
                           {tested, builder_.make(Opcode::Zero, {}, types_.json)}, types_.bool_);
    ValueId has = tested.valid() && is(builder_.type(tested), TypeKind::Opt)
                      ? builder_.make(Opcode::OptHas, {tested}, types_.bool_)
                      : builder_.const_bool(!(none_left && none_right));
    return expr.op == BinaryOp::Ne ? has : builder_.make(Opcode::Not, {has}, types_.bool_);
  }
  if (!left.valid() || !right.valid()) return {};
  const TypeId type = common_type(types_, builder_.type(left), builder_.type(right));
  return builder_.make(expr.op == BinaryOp::Eq ? Opcode::Eq : Opcode::Ne,
                       {convert(left, type), convert(right, type)}, types_.bool_);
}

ValueId ExprLowering::lower_in(ValueId needle, ValueId container) {
  const TypeId type = builder_.type(container);
  if (is(type, TypeKind::List)) {
    const TypeId common = common_type(types_, builder_.type(needle), element(type));
    needle = convert(needle, common);
    container = convert(container, types_.list(common));
  }
  return builder_.make(Opcode::Contains, {container, needle}, types_.bool_);
}

ValueId ExprLowering::lower_logic(const ast::BinaryExpr& expr, ValueId left) {
  const bool is_and = expr.op == BinaryOp::And;
  const SlotId into = builder_.slot(is_and ? "and" : "or", types_.bool_);
  const BlockId rest = builder_.block(is_and ? "and" : "or");
  const BlockId done = builder_.block(is_and ? "after_and" : "after_or");
  left = convert(left, types_.bool_);
  builder_.store(into, left);
  builder_.branch(left, is_and ? rest : done, is_and ? done : rest);
  builder_.enter(rest);
  builder_.store(into, lower_as(*expr.right, types_.bool_));
  builder_.jump(done);
  builder_.enter(done);
  return builder_.load(into);
}

sema::KeyId ExprLowering::maybe_unset_key(const ast::Expr& expr) const {
  const sema::KeyId key = program_.expr_keys[expr.id.index];
  if (!key.valid() || !module_.has_flag(key)) return {};
  return expr.kind == ExprKind::Name || expr.kind == ExprKind::Field ? key : sema::KeyId();
}

void ExprLowering::else_value(const ast::BinaryExpr& expr, SlotId into, BlockId done) {
  builder_.store(into, lower_as(*expr.right, builder_.type(into)));
  builder_.jump(done);
}

ValueId ExprLowering::lower_coalesce(const ast::BinaryExpr& expr, ValueId left) {
  const TypeId type = type_of(expr);
  if (!left.valid() || !is(builder_.type(left), TypeKind::Opt)) return left;
  const SlotId into = builder_.slot("value", type);
  const BlockId set = builder_.block("some");
  const BlockId unset = builder_.block("none");
  const BlockId done = builder_.block("after_value");
  builder_.branch(builder_.make(Opcode::OptHas, {left}, types_.bool_), set, unset);
  builder_.enter(set);
  builder_.store(into, convert(left, type));
  builder_.jump(done);
  builder_.enter(unset);
  else_value(expr, into, done);
  builder_.enter(done);
  return builder_.load(into);
}

ValueId ExprLowering::lower_maybe_unset(const ast::BinaryExpr& expr, sema::KeyId key) {
  const TypeId type = type_of(expr);
  const std::string name(module_.text(program_.key(key).name));
  const SlotId into = builder_.slot(name + ".or", type);
  const BlockId set = builder_.block(name + "_set");
  const BlockId unset = builder_.block(name + "_unset");
  const BlockId done = builder_.block("after_" + name);
  builder_.branch(builder_.load(set_flag(key)), set, unset);
  builder_.enter(set);
  if (is(program_.key(key).type, TypeKind::Opt) && !is(type, TypeKind::Opt)) {
    const BlockId some = builder_.block(name + "_some");
    builder_.branch(builder_.make(Opcode::OptHas, {builder_.load(slot(key))}, types_.bool_), some,
                    unset);
    builder_.enter(some);
  }
  builder_.store(into, convert(builder_.load(slot(key)), type));
  builder_.jump(done);
  builder_.enter(unset);
  else_value(expr, into, done);
  builder_.enter(done);
  return builder_.load(into);
}

}  // namespace pflow
