#include "frontend/query/outline.h"

#include "frontend/ast/walk.h"
#include "frontend/query/entity.h"
#include "frontend/query/signature_text.h"

namespace pflow::query {

namespace {

class Outliner {
 public:
  explicit Outliner(const Snapshot& snapshot) : s_(snapshot) {}

  [[nodiscard]] OutlineItem item(const ast::Decl& decl) const {
    OutlineItem made{
        kind(decl), std::string(s_.text(decl.name.symbol)), {}, decl.span, decl.name.span, {}};
    if (decl.kind == ast::DeclKind::Test)
      made.name = ast::as<ast::TestDecl>(decl).title;
    else if (decl.kind != ast::DeclKind::Schema && decl.kind != ast::DeclKind::Alias &&
             decl.kind != ast::DeclKind::NodeAlias)
      made.detail = signature_text(decl, s_.sources, s_.names);
    for (const ast::Port& port : ports_of(decl)) {
      std::string_view type = port.type == nullptr ? "" : s_.text(port.type->span);
      add(made, OutlineKind::Parameter, port.name, type, port.span);
    }
    if (decl.kind == ast::DeclKind::Schema)
      for (const ast::SchemaField& field : ast::as<ast::SchemaDecl>(decl).fields)
        add(made, OutlineKind::Field, field.name, s_.text(field.type->span),
            join(field.name.span, field.type->span));
    if (decl.kind == ast::DeclKind::Flow || decl.kind == ast::DeclKind::Test)
      if (const ast::Block* body = ast::as<ast::FlowDecl>(decl).body; body != nullptr)
        ast::for_each_statement(*body, [&](const ast::Statement& each) { statement(made, each); });
    // What a client shows of a name must lie within the whole.
    made.span = join(made.span, made.name_span);
    return made;
  }

 private:
  static OutlineKind kind(const ast::Decl& decl) {
    switch (decl.kind) {
      case ast::DeclKind::Flow: return OutlineKind::Flow;
      case ast::DeclKind::Node:
      case ast::DeclKind::NodeAlias:
      case ast::DeclKind::Extern: return OutlineKind::Node;
      case ast::DeclKind::Schema: return OutlineKind::Schema;
      case ast::DeclKind::Alias: return OutlineKind::Type;
      case ast::DeclKind::Test: return OutlineKind::Test;
    }
  }

  void add(OutlineItem& parent, OutlineKind kind, const ast::Name& name, std::string_view detail,
           Span whole) const {
    if (!name.symbol.valid()) return;
    parent.children.push_back({kind,
                               std::string(s_.text(name.symbol)),
                               std::string(detail),
                               join(whole, name.span),
                               name.span,
                               {}});
  }

  void statement(OutlineItem& parent, const ast::Statement& statement) const {
    if (statement.kind == ast::StatementKind::Let)
      add(parent, OutlineKind::Key, ast::as<ast::LetStatement>(statement).let.name, {},
          statement.span);
    const ast::Chain* chain = ast::chain_of(statement);
    if (chain == nullptr) return;
    for (const ast::Stage* stage : chain->stages)
      add(parent, OutlineKind::Label, stage->label, {}, stage->span);
  }

  const Snapshot& s_;
};

}  // namespace

std::vector<OutlineItem> outline(const Snapshot& snapshot) {
  std::vector<OutlineItem> items;
  Outliner outliner(snapshot);
  for (const ast::Decl* decl : snapshot.tree().decls) items.push_back(outliner.item(*decl));
  return items;
}

}  // namespace pflow::query
