#include "frontend/sema/flow/can_fail.h"

#include <vector>

#include "frontend/ast/walk.h"

namespace pflow::sema {
namespace {

bool fails_itself(const ast::Expr& expr) {
  switch (expr.kind) {
    case ast::ExprKind::Error:
    case ast::ExprKind::Call:
    case ast::ExprKind::Index: return true;
    case ast::ExprKind::Unary: return ast::as<ast::UnaryExpr>(expr).op == ast::UnaryOp::Negate;
    case ast::ExprKind::Binary: return ast::as<ast::BinaryExpr>(expr).op >= ast::BinaryOp::Add;
    case ast::ExprKind::Int:
    case ast::ExprKind::Float:
    case ast::ExprKind::Bool:
    case ast::ExprKind::None:
    case ast::ExprKind::Duration:
    case ast::ExprKind::Template:
    case ast::ExprKind::Name:
    case ast::ExprKind::Field:
    case ast::ExprKind::Slice:
    case ast::ExprKind::Lambda:
    case ast::ExprKind::If:
    case ast::ExprKind::Match:
    case ast::ExprKind::Block:
    case ast::ExprKind::Record:
    case ast::ExprKind::Map:
    case ast::ExprKind::List: return false;
  }
}

}  // namespace

bool can_fail(const ast::Expr& expr) {
  std::vector<const ast::Expr*> work{&expr};
  while (!work.empty()) {
    const ast::Expr& at = *work.back();
    work.pop_back();
    if (fails_itself(at)) return true;
    for_each_child(at, [&](const ast::Expr& child) { work.push_back(&child); });
  }
  return false;
}

}  // namespace pflow::sema
