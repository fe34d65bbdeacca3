#include "frontend/sema/used_names.h"

#include "frontend/sema/tree_walk.h"

namespace pflow::sema {

namespace {

class Collector {
 public:
  void decl(const ast::Decl& decl);

  std::unordered_set<Symbol> names;

 private:
  void type(const ast::TypeExpr* type);
  void expr(const ast::Expr* expr);
  void ports(std::span<const ast::Port> ports);
  void block(const ast::Block& block);
  void chain(const ast::Chain& chain);
  void statement(const ast::Statement& statement);
};

void Collector::type(const ast::TypeExpr* type) {
  if (type == nullptr) return;
  if (type->kind == ast::TypeExprKind::Named) names.insert(type->name);
  for (const ast::TypeExpr* part : type->parts) this->type(part);
}

void Collector::expr(const ast::Expr* expr) {
  if (expr == nullptr) return;
  switch (expr->kind) {
    case ast::ExprKind::Name:
      names.insert(ast::as<ast::NameExpr>(*expr).name);
      break;
    case ast::ExprKind::Field:
      names.insert(ast::as<ast::FieldExpr>(*expr).field.symbol);
      break;
    case ast::ExprKind::Record:
      if (Symbol name = ast::as<ast::RecordExpr>(*expr).type.symbol; name.valid())
        names.insert(name);
      break;
    case ast::ExprKind::Block:
      for (const ast::LetBinding& let : ast::as<ast::BlockExpr>(*expr).lets) type(let.type);
      break;
    default:
      break;
  }
  for_each_child(*expr, [this](const ast::Expr& child) { this->expr(&child); });
}

void Collector::ports(std::span<const ast::Port> ports) {
  for (const ast::Port& port : ports) {
    type(port.type);
    expr(port.default_value);
  }
}

void Collector::chain(const ast::Chain& chain) {
  for (const ast::Stage* stage : chain.stages) {
    expr(stage->expr);
    if (stage->block != nullptr) block(*stage->block);
  }
}

void Collector::statement(const ast::Statement& statement) {
  switch (statement.kind) {
    case ast::StatementKind::Let:
      type(ast::as<ast::LetStatement>(statement).let.type);
      return expr(ast::as<ast::LetStatement>(statement).let.value);
    case ast::StatementKind::Assign:
      return expr(ast::as<ast::AssignStatement>(statement).value);
    case ast::StatementKind::Chain:
      return chain(ast::as<ast::ChainStatement>(statement).chain);
    case ast::StatementKind::Transition:
      return chain(ast::as<ast::TransitionStatement>(statement).chain);
    case ast::StatementKind::Return:
      return expr(ast::as<ast::ReturnStatement>(statement).value);
  }
}

void Collector::block(const ast::Block& block) {
  for (const ast::Statement* statement : block.statements) this->statement(*statement);
}

void Collector::decl(const ast::Decl& decl) {
  switch (decl.kind) {
    case ast::DeclKind::Flow: {
      const auto& flow = ast::as<ast::FlowDecl>(decl);
      ports(flow.params);
      ports(flow.results);
      if (flow.body != nullptr) block(*flow.body);
      return;
    }
    case ast::DeclKind::Node: {
      const auto& node = ast::as<ast::NodeDecl>(decl);
      ports(node.params);
      ports(node.outputs);
      return expr(node.body);
    }
    case ast::DeclKind::Extern:
      ports(ast::as<ast::ExternDecl>(decl).params);
      return ports(ast::as<ast::ExternDecl>(decl).outputs);
    case ast::DeclKind::Schema:
      for (const ast::SchemaField& field : ast::as<ast::SchemaDecl>(decl).fields) {
        type(field.type);
        expr(field.default_value);
      }
      return;
    case ast::DeclKind::Alias:
      return type(ast::as<ast::AliasDecl>(decl).type);
  }
}

}  // namespace

std::unordered_set<Symbol> used_names(const ast::File& file) {
  Collector collector;
  for (const ast::Decl* decl : file.decls) collector.decl(*decl);
  return std::move(collector.names);
}

}  // namespace pflow::sema
