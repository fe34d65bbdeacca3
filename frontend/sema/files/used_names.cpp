#include "frontend/sema/files/used_names.h"

#include "frontend/ast/walk.h"

namespace pflow::sema {

namespace {

using Names = std::unordered_set<Symbol>;

void collect(const ast::TypeExpr* type, Names& names) {
  if (type == nullptr) return;
  if (type->kind == ast::TypeExprKind::Named) names.insert(type->name);
  for (const ast::TypeExpr* part : type->parts) collect(part, names);
}

void collect(std::span<const ast::Pattern> patterns, Names& names) {
  for (const ast::Pattern& pattern : patterns)
    if (pattern.kind == ast::PatternKind::Variant) names.insert(pattern.type.symbol);
}

void collect(const ast::Expr& expr, Names& names) {
  switch (expr.kind) {
    case ast::ExprKind::Name: names.insert(ast::as<ast::NameExpr>(expr).name); break;
    case ast::ExprKind::Field: names.insert(ast::as<ast::FieldExpr>(expr).field.symbol); break;
    case ast::ExprKind::Record:
      if (Symbol name = ast::as<ast::RecordExpr>(expr).type.symbol; name.valid())
        names.insert(name);
      break;
    case ast::ExprKind::Call:
      for (const ast::Argument& argument : ast::as<ast::CallExpr>(expr).arguments)
        collect(argument.type, names);
      break;
    case ast::ExprKind::Match:
      for (const ast::MatchArm& arm : ast::as<ast::MatchExpr>(expr).arms)
        collect(arm.patterns, names);
      break;
    case ast::ExprKind::Block:
      for (const ast::LetBinding& let : ast::as<ast::BlockExpr>(expr).lets)
        collect(let.type, names);
      break;
    case ast::ExprKind::Error:
    case ast::ExprKind::Int:
    case ast::ExprKind::Float:
    case ast::ExprKind::Bool:
    case ast::ExprKind::None:
    case ast::ExprKind::Duration:
    case ast::ExprKind::Template:
    case ast::ExprKind::Index:
    case ast::ExprKind::Slice:
    case ast::ExprKind::Lambda:
    case ast::ExprKind::Unary:
    case ast::ExprKind::Binary:
    case ast::ExprKind::If:
    case ast::ExprKind::Map:
    case ast::ExprKind::List: break;
  }
  for_each_child(expr, [&](const ast::Expr& child) { collect(child, names); });
}

void collect(std::span<const ast::Port> ports, Names& names) {
  for (const ast::Port& port : ports) {
    collect(port.type, names);
    collect(port.default_type, names);
  }
}

void collect_types(const ast::Statement& statement, Names& names) {
  if (statement.kind == ast::StatementKind::Let)
    collect(ast::as<ast::LetStatement>(statement).let.type, names);
  if (statement.kind == ast::StatementKind::Stub)
    names.insert(ast::as<ast::StubStatement>(statement).target.symbol);
  const ast::Chain* chain = chain_of(statement);
  if (chain == nullptr) return;
  for (const ast::Stage* stage : chain->stages)
    if (stage->match != nullptr)
      for (const ast::MatchForm::Arm& arm : stage->match->arms) collect(arm.patterns, names);
}

}  // namespace

void collect_used_names(const ast::Decl& decl, Names& names) {
  for_each_root(decl, [&](const ast::Expr& root) { collect(root, names); });
  switch (decl.kind) {
    case ast::DeclKind::Test:
    case ast::DeclKind::Flow: {
      const auto& flow = ast::as<ast::FlowDecl>(decl);
      collect(flow.params, names);
      collect(flow.results, names);
      if (flow.body == nullptr) return;
      for_each_statement(*flow.body,
                         [&](const ast::Statement& statement) { collect_types(statement, names); });
      return;
    }
    case ast::DeclKind::Node:
      collect(ast::as<ast::NodeDecl>(decl).params, names);
      return collect(ast::as<ast::NodeDecl>(decl).outputs, names);
    case ast::DeclKind::Extern:
      collect(ast::as<ast::ExternDecl>(decl).params, names);
      return collect(ast::as<ast::ExternDecl>(decl).outputs, names);
    case ast::DeclKind::Schema:
      for (const ast::SchemaField& field : ast::as<ast::SchemaDecl>(decl).fields)
        collect(field.type, names);
      return;
    case ast::DeclKind::Alias: return collect(ast::as<ast::AliasDecl>(decl).type, names);
    case ast::DeclKind::NodeAlias:
      names.insert(ast::as<ast::NodeAliasDecl>(decl).target.symbol);
      return;
  }
}

}  // namespace pflow::sema
