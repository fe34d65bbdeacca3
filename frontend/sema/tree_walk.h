/// Visits the expressions of a tree in source order. The one place that knows
/// which children an expression has.
#pragma once

#include "frontend/ast/ast.h"

namespace pflow::sema {

/// Calls `visit(const ast::Expr&)` for each direct child.
template <typename Visit>
void for_each_child(const ast::Expr& expr, Visit&& visit) {
  auto maybe = [&](const ast::Expr* child) {
    if (child != nullptr) visit(*child);
  };
  switch (expr.kind) {
    case ast::ExprKind::Error:
    case ast::ExprKind::Int:
    case ast::ExprKind::Float:
    case ast::ExprKind::Bool:
    case ast::ExprKind::None:
    case ast::ExprKind::Duration:
    case ast::ExprKind::Name:
      return;
    case ast::ExprKind::Template:
      for (const ast::TemplatePart& part : ast::as<ast::TemplateExpr>(expr).parts)
        maybe(part.value);
      return;
    case ast::ExprKind::Field:
      return maybe(ast::as<ast::FieldExpr>(expr).base);
    case ast::ExprKind::Index:
      maybe(ast::as<ast::IndexExpr>(expr).base);
      return maybe(ast::as<ast::IndexExpr>(expr).index);
    case ast::ExprKind::Slice:
      maybe(ast::as<ast::SliceExpr>(expr).base);
      maybe(ast::as<ast::SliceExpr>(expr).from);
      return maybe(ast::as<ast::SliceExpr>(expr).to);
    case ast::ExprKind::Call:
      maybe(ast::as<ast::CallExpr>(expr).callee);
      for (const ast::Argument& argument : ast::as<ast::CallExpr>(expr).arguments)
        maybe(argument.value);
      return;
    case ast::ExprKind::Lambda:
      return maybe(ast::as<ast::LambdaExpr>(expr).body);
    case ast::ExprKind::Unary:
      return maybe(ast::as<ast::UnaryExpr>(expr).operand);
    case ast::ExprKind::Binary:
      maybe(ast::as<ast::BinaryExpr>(expr).left);
      return maybe(ast::as<ast::BinaryExpr>(expr).right);
    case ast::ExprKind::If:
      maybe(ast::as<ast::IfExpr>(expr).condition);
      maybe(ast::as<ast::IfExpr>(expr).then);
      return maybe(ast::as<ast::IfExpr>(expr).otherwise);
    case ast::ExprKind::Block:
      for (const ast::LetBinding& let : ast::as<ast::BlockExpr>(expr).lets) maybe(let.value);
      return maybe(ast::as<ast::BlockExpr>(expr).value);
    case ast::ExprKind::Record:
      maybe(ast::as<ast::RecordExpr>(expr).spread);
      for (const ast::FieldInit& field : ast::as<ast::RecordExpr>(expr).fields) maybe(field.value);
      return;
    case ast::ExprKind::List:
      for (const ast::Expr* item : ast::as<ast::ListExpr>(expr).items) maybe(item);
      return;
  }
}

}  // namespace pflow::sema
