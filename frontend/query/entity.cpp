#include "frontend/query/entity.h"

namespace pflow::query {

std::span<const ast::Port> ports_of(const ast::Decl& decl) {
  switch (decl.kind) {
    case ast::DeclKind::Flow:
    case ast::DeclKind::Test: return ast::as<ast::FlowDecl>(decl).params;
    case ast::DeclKind::Node: return ast::as<ast::NodeDecl>(decl).params;
    case ast::DeclKind::Extern: return ast::as<ast::ExternDecl>(decl).params;
    case ast::DeclKind::Schema:
    case ast::DeclKind::Alias:
    case ast::DeclKind::NodeAlias: return {};
  }
}

std::span<const ast::Port> outputs_of(const ast::Decl& decl) {
  switch (decl.kind) {
    case ast::DeclKind::Flow:
    case ast::DeclKind::Test: return ast::as<ast::FlowDecl>(decl).results;
    case ast::DeclKind::Node: return ast::as<ast::NodeDecl>(decl).outputs;
    case ast::DeclKind::Extern: return ast::as<ast::ExternDecl>(decl).outputs;
    case ast::DeclKind::Schema:
    case ast::DeclKind::Alias:
    case ast::DeclKind::NodeAlias: return {};
  }
}

std::optional<Span> declared_at(const Snapshot& snapshot, const Entity& entity) {
  switch (entity.kind) {
    case EntityKind::Decl: return entity.decl->name.span;
    case EntityKind::Key: return snapshot.program().keys[entity.index].span;
    case EntityKind::Port: return ports_of(*entity.decl)[entity.index].name.span;
    case EntityKind::Output: {
      const ast::Port& output = outputs_of(*entity.decl)[entity.index];
      return output.name.span.valid() ? output.name.span : entity.decl->name.span;
    }
    case EntityKind::Field:
      return ast::as<ast::SchemaDecl>(*entity.decl).fields[entity.index].name.span;
    case EntityKind::EachPort:
    case EntityKind::Label:
    case EntityKind::Import: return entity.place;
    case EntityKind::ImportedFile: return Span{FileId(entity.index), 0, 0};
    case EntityKind::Builtin:
    case EntityKind::Type:
    case EntityKind::Policy: return std::nullopt;
  }
}

}  // namespace pflow::query
