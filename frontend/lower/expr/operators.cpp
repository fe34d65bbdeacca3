#include "frontend/lower/expr/operators.h"

#include "frontend/lower/expr/convert.h"
#include "frontend/lower/expr/maybe_unset.h"
#include "support/check.h"

namespace pflow::lowering {

using ast::BinaryOp;
using ast::ExprKind;
using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

ValueId lower_unary(ExprContext& c, const ast::UnaryExpr& expr) {
  if (expr.op == ast::UnaryOp::Not) {
    ValueId value = c.lower_as(*expr.operand, c.types.bool_);
    c.builder.set_span(expr.span);
    return c.builder.make(Opcode::Not, {value}, c.types.bool_);
  }
  ValueId value = c.convert(c.lower(*expr.operand), c.type_of(expr));
  c.builder.set_span(expr.span);
  return c.builder.make(Opcode::Neg, {value}, c.builder.type(value));
}

namespace {

ValueId lower_sum(ExprContext& c, ValueId left, ValueId right, TypeId type) {
  const Opcode opcode = c.types.is_text_like(type)   ? Opcode::TextAppend
                        : c.is(type, TypeKind::List) ? Opcode::ListConcat
                                                     : Opcode::Add;
  return c.builder.make(opcode, {c.convert(left, type), c.convert(right, type)}, type);
}

/// `list + [a, b]` of one type: the items go behind the others, without a list of their own.
bool appends_items(ExprContext& c, const ast::BinaryExpr& expr) {
  const TypeId type = c.type_of(expr);
  return expr.op == BinaryOp::Add && expr.right->kind == ExprKind::List &&
         c.is(type, TypeKind::List) && c.type_of(*expr.right) == type;
}

ValueId lower_appended(ExprContext& c, const ast::BinaryExpr& expr, ValueId list) {
  const TypeId type = c.type_of(expr);
  std::vector<ValueId> items;
  for (const ast::Expr* item : ast::as<ast::ListExpr>(*expr.right).items)
    items.push_back(c.lower_as(*item, c.element(type)));
  c.builder.set_span(expr.span);
  list = c.convert(list, type);
  for (ValueId item : items) list = c.builder.make(Opcode::ListPush, {list, item}, type);
  return list;
}

ValueId lower_order(ExprContext& c, BinaryOp op, ValueId left, ValueId right) {
  const TypeId type = common_type(c.types, c.builder.type(left), c.builder.type(right));
  left = c.convert(left, type);
  right = c.convert(right, type);
  if (op == BinaryOp::Gt || op == BinaryOp::Ge) std::swap(left, right);
  const bool strict = op == BinaryOp::Lt || op == BinaryOp::Gt;
  return c.builder.make(strict ? Opcode::Lt : Opcode::Le, {left, right}, c.types.bool_);
}

ValueId lower_equality(ExprContext& c, const ast::BinaryExpr& expr, ValueId left) {
  const bool none_left = expr.left->kind == ExprKind::None;
  const bool none_right = expr.right->kind == ExprKind::None;
  ValueId right = none_right ? ValueId() : c.lower(*expr.right);
  c.builder.set_span(expr.span);
  if (none_left || none_right) {
    ValueId tested = none_left ? right : left;
    if (tested.valid() && c.is(c.builder.type(tested), TypeKind::Json))
      return c.builder.make(expr.op == BinaryOp::Eq ? Opcode::Eq : Opcode::Ne,
                            {tested, c.builder.make(Opcode::Zero, {}, c.types.json)},
                            c.types.bool_);
    ValueId has = tested.valid() && c.is(c.builder.type(tested), TypeKind::Opt)
                      ? c.builder.make(Opcode::OptHas, {tested}, c.types.bool_)
                      : c.builder.const_bool(!(none_left && none_right));
    return expr.op == BinaryOp::Ne ? has : c.builder.make(Opcode::Not, {has}, c.types.bool_);
  }
  if (!left.valid() || !right.valid()) return {};
  const TypeId type = common_type(c.types, c.builder.type(left), c.builder.type(right));
  return c.builder.make(expr.op == BinaryOp::Eq ? Opcode::Eq : Opcode::Ne,
                        {c.convert(left, type), c.convert(right, type)}, c.types.bool_);
}

ValueId lower_in(ExprContext& c, ValueId needle, ValueId container) {
  const TypeId type = c.builder.type(container);
  if (c.is(type, TypeKind::List)) {
    const TypeId common = common_type(c.types, c.builder.type(needle), c.element(type));
    needle = c.convert(needle, common);
    container = c.convert(container, c.types.list(common));
  }
  return c.builder.make(Opcode::Contains, {container, needle}, c.types.bool_);
}

ValueId lower_logic(ExprContext& c, const ast::BinaryExpr& expr, ValueId left) {
  const bool is_and = expr.op == BinaryOp::And;
  const SlotId into = c.builder.slot(is_and ? "and" : "or", c.types.bool_);
  const BlockId rest = c.builder.block(is_and ? "and" : "or");
  const BlockId done = c.builder.block(is_and ? "after_and" : "after_or");
  left = c.convert(left, c.types.bool_);
  c.builder.store(into, left);
  c.builder.branch(left, is_and ? rest : done, is_and ? done : rest);
  c.builder.enter(rest);
  c.builder.store(into, c.lower_as(*expr.right, c.types.bool_));
  c.builder.jump(done);
  c.builder.enter(done);
  return c.builder.load(into);
}

}  // namespace

ValueId lower_binary(ExprContext& c, const ast::BinaryExpr& expr, ValueId left) {
  if (expr.op == BinaryOp::And || expr.op == BinaryOp::Or) return lower_logic(c, expr, left);
  if (expr.op == BinaryOp::Coalesce) return lower_coalesce(c, expr, left);
  if (expr.op == BinaryOp::Eq || expr.op == BinaryOp::Ne) return lower_equality(c, expr, left);
  if (left.valid() && appends_items(c, expr)) return lower_appended(c, expr, left);
  ValueId right = c.lower(*expr.right);
  c.builder.set_span(expr.span);
  if (!left.valid() || !right.valid()) return {};
  const TypeId type = c.type_of(expr);
  auto arithmetic = [&](Opcode opcode) {
    return c.builder.make(opcode, {c.convert(left, type), c.convert(right, type)}, type);
  };
  switch (expr.op) {
    case BinaryOp::In: return lower_in(c, left, right);
    case BinaryOp::Lt:
    case BinaryOp::Le:
    case BinaryOp::Gt:
    case BinaryOp::Ge: return lower_order(c, expr.op, left, right);
    case BinaryOp::Add: return lower_sum(c, left, right, type);
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

ValueId lower_comparison(ExprContext& c, const ast::BinaryExpr& expr, Sides& sides) {
  if (expr.left->kind != ExprKind::None) sides.left = c.lower(*expr.left);
  if (expr.right->kind != ExprKind::None) {
    sides.right = c.lower(*expr.right);
    c.evaluated.emplace(expr.right, sides.right);
  }
  const ValueId holds = lower_binary(c, expr, sides.left);
  c.evaluated.erase(expr.right);
  return holds;
}

}  // namespace pflow::lowering
