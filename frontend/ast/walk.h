/// Visits the parts of a tree in source order. What a new kind of
/// expression or statement has as children is said here.
#pragma once

#include "frontend/ast/ast.h"

namespace pflow::ast {

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
    case ast::ExprKind::Name: return;
    case ast::ExprKind::Template:
      for (const ast::TemplatePart& part : ast::as<ast::TemplateExpr>(expr).parts)
        maybe(part.value);
      return;
    case ast::ExprKind::Field: return maybe(ast::as<ast::FieldExpr>(expr).base);
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
    case ast::ExprKind::Lambda: return maybe(ast::as<ast::LambdaExpr>(expr).body);
    case ast::ExprKind::Unary: return maybe(ast::as<ast::UnaryExpr>(expr).operand);
    case ast::ExprKind::Binary:
      maybe(ast::as<ast::BinaryExpr>(expr).left);
      return maybe(ast::as<ast::BinaryExpr>(expr).right);
    case ast::ExprKind::If:
      maybe(ast::as<ast::IfExpr>(expr).condition);
      maybe(ast::as<ast::IfExpr>(expr).then);
      return maybe(ast::as<ast::IfExpr>(expr).otherwise);
    case ast::ExprKind::Match:
      maybe(ast::as<ast::MatchExpr>(expr).subject);
      for (const ast::MatchArm& arm : ast::as<ast::MatchExpr>(expr).arms) maybe(arm.value);
      return;
    case ast::ExprKind::Block:
      for (const ast::LetBinding& let : ast::as<ast::BlockExpr>(expr).lets) maybe(let.value);
      return maybe(ast::as<ast::BlockExpr>(expr).value);
    case ast::ExprKind::Record:
      maybe(ast::as<ast::RecordExpr>(expr).spread);
      for (const ast::FieldInit& field : ast::as<ast::RecordExpr>(expr).fields) maybe(field.value);
      return;
    case ast::ExprKind::Map:
      maybe(ast::as<ast::MapExpr>(expr).spread);
      for (const ast::MapEntry& entry : ast::as<ast::MapExpr>(expr).entries) {
        maybe(entry.key);
        maybe(entry.value);
      }
      return;
    case ast::ExprKind::List:
      for (const ast::Expr* item : ast::as<ast::ListExpr>(expr).items) maybe(item);
      return;
  }
}

/// Calls `visit(const ast::Block&)` for each block that the stage holds directly.
template <typename Visit>
void for_each_block(const ast::Stage& stage, Visit&& visit) {
  auto maybe = [&](const ast::Block* block) {
    if (block != nullptr) visit(*block);
  };
  maybe(stage.block);
  if (stage.each != nullptr) maybe(stage.each->body);
  if (stage.repeat != nullptr) maybe(stage.repeat->body);
  if (stage.if_ != nullptr) {
    for (const ast::IfForm::Arm& arm : stage.if_->arms) maybe(arm.body);
    maybe(stage.if_->otherwise);
  }
  if (stage.match != nullptr)
    for (const ast::MatchForm::Arm& arm : stage.match->arms) maybe(arm.body);
}

/// The chain of the statement; null without.
inline const ast::Chain* chain_of(const ast::Statement& statement) {
  if (statement.kind == ast::StatementKind::Chain)
    return &ast::as<ast::ChainStatement>(statement).chain;
  if (statement.kind == ast::StatementKind::Transition)
    return &ast::as<ast::TransitionStatement>(statement).chain;
  return nullptr;
}

/// Calls `visit(const ast::Statement&)` for each statement, those of inner blocks too.
template <typename Visit>
void for_each_statement(const ast::Block& block, Visit&& visit) {
  for (const ast::Statement* statement : block.statements) {
    visit(*statement);
    if (statement->kind == ast::StatementKind::OnError)
      for_each_statement(*ast::as<ast::OnErrorStatement>(*statement).body, visit);
    const ast::Chain* chain = chain_of(*statement);
    if (chain == nullptr) continue;
    for (const ast::Stage* stage : chain->stages)
      for_each_block(*stage, [&](const ast::Block& inner) { for_each_statement(inner, visit); });
  }
}

/// Calls `visit(const ast::Expr&)` for each whole expression of a stage, not for
/// those of its blocks.
template <typename Visit>
void for_each_root(const ast::Stage& stage, Visit&& visit) {
  auto maybe = [&](const ast::Expr* root) {
    if (root != nullptr) visit(*root);
  };
  maybe(stage.expr);
  if (stage.repeat != nullptr) maybe(stage.repeat->list);
  if (stage.if_ != nullptr)
    for (const ast::IfForm::Arm& arm : stage.if_->arms) maybe(arm.condition);
  if (stage.match != nullptr) maybe(stage.match->subject);
  for (const ast::PolicyEntry& policy : stage.policies) maybe(policy.value);
  if (stage.repeat != nullptr) maybe(stage.repeat->until);
}

/// Calls `visit(const ast::Expr&)` for each whole expression of a statement, not
/// for those of inner blocks.
template <typename Visit>
void for_each_root(const ast::Statement& statement, Visit&& visit) {
  auto maybe = [&](const ast::Expr* root) {
    if (root != nullptr) visit(*root);
  };
  switch (statement.kind) {
    case ast::StatementKind::Let: return maybe(ast::as<ast::LetStatement>(statement).let.value);
    case ast::StatementKind::Assign: return maybe(ast::as<ast::AssignStatement>(statement).value);
    case ast::StatementKind::Return: return maybe(ast::as<ast::ReturnStatement>(statement).value);
    case ast::StatementKind::Assert:
      maybe(ast::as<ast::AssertStatement>(statement).condition);
      return maybe(ast::as<ast::AssertStatement>(statement).why);
    case ast::StatementKind::Stub: return maybe(ast::as<ast::StubStatement>(statement).value);
    case ast::StatementKind::OnError: return;
    case ast::StatementKind::Chain:
    case ast::StatementKind::Transition:
      for (const ast::Stage* stage : chain_of(statement)->stages) for_each_root(*stage, visit);
      return;
  }
}

/// Calls `visit(const ast::Expr&)` for each whole expression of a declaration.
template <typename Visit>
void for_each_root(const ast::Decl& decl, Visit&& visit) {
  auto maybe = [&](const ast::Expr* root) {
    if (root != nullptr) visit(*root);
  };
  auto defaults = [&](std::span<const ast::Port> ports) {
    for (const ast::Port& port : ports) maybe(port.default_value);
  };
  switch (decl.kind) {
    case ast::DeclKind::Test:
    case ast::DeclKind::Flow: {
      const auto& flow = ast::as<ast::FlowDecl>(decl);
      defaults(flow.params);
      if (flow.body == nullptr) return;
      for_each_statement(*flow.body,
                         [&](const ast::Statement& statement) { for_each_root(statement, visit); });
      return;
    }
    case ast::DeclKind::Node:
      defaults(ast::as<ast::NodeDecl>(decl).params);
      return maybe(ast::as<ast::NodeDecl>(decl).body);
    case ast::DeclKind::Extern: return defaults(ast::as<ast::ExternDecl>(decl).params);
    case ast::DeclKind::Schema:
      for (const ast::SchemaField& field : ast::as<ast::SchemaDecl>(decl).fields)
        maybe(field.default_value);
      return;
    case ast::DeclKind::Alias:
    case ast::DeclKind::NodeAlias: return;
  }
}

}  // namespace pflow::ast
