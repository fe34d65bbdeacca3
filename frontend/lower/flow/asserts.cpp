// `assert` in tests: what did not hold, and both sides of a comparison.
#include <fmt/format.h>

#include "frontend/lower/expr/convert.h"
#include "frontend/lower/flow/flow_lowering.h"

namespace pflow {

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

}  // namespace

ValueId FlowLowering::shown(ValueId value) {
  if (!value.valid()) return builder_.const_text("none", types_.str);
  if (types_.is(builder_.type(value), ir::TypeKind::Secret))
    return builder_.const_text("(a secret)", types_.str);
  if (!types_.is(builder_.type(value), ir::TypeKind::Json))
    value = builder_.make(Opcode::JsonFrom, {value}, types_.json);
  return builder_.make(Opcode::ToText, {value}, types_.str);
}

void FlowLowering::lower_assert(const ast::AssertStatement& statement) {
  const ast::Expr& condition = *statement.condition;
  ExprLowering::Sides sides;
  const bool compares = is_comparison(condition);
  ValueId holds = compares
                      ? expressions_.lower_comparison(ast::as<ast::BinaryExpr>(condition), sides)
                      : expressions_.lower_as(condition, types_.bool_);
  builder_.set_span(condition.span);
  const BlockId wrong = builder_.block("assert_fails");
  const BlockId right = builder_.block("assert_holds");
  builder_.branch(convert(builder_, types_, holds, types_.bool_), right, wrong);
  builder_.enter(wrong);
  auto text = [&](std::string_view piece) { return builder_.const_text(piece, types_.str); };
  std::vector<ValueId> pieces{
      text(fmt::format("`{}` does not hold", module_.source(condition.span)))};
  if (statement.why != nullptr) {
    pieces.push_back(text(": "));
    pieces.push_back(as_text(builder_, types_, expressions_.lower(*statement.why)));
  }
  if (compares) {
    pieces.push_back(text("\n  left:  "));
    pieces.push_back(shown(sides.left));
    pieces.push_back(text("\n  right: "));
    pieces.push_back(shown(sides.right));
  }
  builder_.set_span(condition.span);
  ValueId message = builder_.make(Opcode::Template, std::move(pieces), types_.str);
  builder_.add(Opcode::Fail, {message}).text = "user";
  builder_.enter(right);
}

}  // namespace pflow
