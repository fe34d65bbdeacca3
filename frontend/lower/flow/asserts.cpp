#include "frontend/lower/flow/asserts.h"

#include <fmt/format.h>

#include "frontend/lower/expr/convert.h"
#include "frontend/lower/expr/operators.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::ValueId;

namespace {

bool is_comparison(const ast::Expr& expr) {
  if (expr.kind != ast::ExprKind::Binary) return false;
  switch (ast::as<ast::BinaryExpr>(expr).op) {
    case ast::BinaryOp::Eq:
    case ast::BinaryOp::Ne:
    case ast::BinaryOp::Lt:
    case ast::BinaryOp::Le:
    case ast::BinaryOp::Gt:
    case ast::BinaryOp::Ge:
    case ast::BinaryOp::In: return true;
    case ast::BinaryOp::Or:
    case ast::BinaryOp::And:
    case ast::BinaryOp::Coalesce:
    case ast::BinaryOp::Add:
    case ast::BinaryOp::Sub:
    case ast::BinaryOp::Mul:
    case ast::BinaryOp::Div:
    case ast::BinaryOp::Rem: return false;
  }
}

ValueId shown(FlowContext& f, ValueId value) {
  if (!value.valid()) return f.builder.const_text("none", f.types.str);
  if (f.types.is(f.builder.type(value), ir::TypeKind::Secret))
    return f.builder.const_text("(a secret)", f.types.str);
  if (!f.types.is(f.builder.type(value), ir::TypeKind::Json))
    value = f.builder.make(Opcode::JsonFrom, {value}, f.types.json);
  return f.builder.make(Opcode::ToText, {value}, f.types.str);
}

}  // namespace

void lower_assert(FlowContext& f, const ast::AssertStatement& statement) {
  const ast::Expr& condition = *statement.condition;
  Sides sides;
  const bool compares = is_comparison(condition);
  ValueId holds = compares ? lower_comparison(f.exprs, ast::as<ast::BinaryExpr>(condition), sides)
                           : f.exprs.lower_as(condition, f.types.bool_);
  f.builder.set_span(condition.span);
  const BlockId wrong = f.builder.block("assert_fails");
  const BlockId right = f.builder.block("assert_holds");
  f.builder.branch(convert(f.builder, f.types, holds, f.types.bool_), right, wrong);
  f.builder.enter(wrong);
  auto text = [&](std::string_view piece) { return f.builder.const_text(piece, f.types.str); };
  std::vector<ValueId> pieces{
      text(fmt::format("`{}` does not hold", f.module.source(condition.span)))};
  if (statement.why != nullptr) {
    pieces.push_back(text(": "));
    pieces.push_back(as_text(f.builder, f.types, f.exprs.lower(*statement.why)));
  }
  if (compares) {
    pieces.push_back(text("\n  left:  "));
    pieces.push_back(shown(f, sides.left));
    pieces.push_back(text("\n  right: "));
    pieces.push_back(shown(f, sides.right));
  }
  f.builder.set_span(condition.span);
  ValueId message = f.builder.make(Opcode::Template, std::move(pieces), f.types.str);
  f.builder.add(Opcode::Fail, {message}).text = "user";
  f.builder.enter(right);
}

}  // namespace pflow::lowering
