/// Goes over a tree and notes each name with what the checks found it to be. What they did not
/// come to is looked up by name, so that broken programs have answers, too.
#pragma once

#include <unordered_map>
#include <vector>

#include "frontend/query/entity.h"

namespace pflow::query {

class NameWalk {
 public:
  NameWalk(const Snapshot& snapshot, std::vector<Occurrence>& out);

  void file(const ast::File& file);

 private:
  // Declarations and types: name_walk.cpp.
  void import(const ast::Import& import);
  void decl(const ast::Decl& decl);
  void schema(const ast::SchemaDecl& schema);
  void ports(const ast::Decl& decl, std::span<const ast::Port> ports, EntityKind kind);
  void type(const ast::TypeExpr* type);
  void plain_type(Span span, Symbol module, Symbol name);
  void callee_type(const ast::TypeExpr& type);
  void node_alias(const ast::NodeAliasDecl& alias);
  /// What a name of a node or flow is declared as: an alias is itself.
  [[nodiscard]] const ast::Decl* named(Symbol name, FileId file) const;
  // Statements and stages: statement_names.cpp.
  void block(const ast::Block* block);
  void scope(const ast::Block& block);
  void statement(const ast::Statement& statement);
  void chain(const ast::Chain& chain);
  void stage(const ast::Stage& stage);
  void forms(const ast::Stage& stage);
  void bindings(const ast::Stage& stage);
  void pattern(const ast::Pattern& pattern);
  void label(const ast::Name& name);
  void collect_labels(const ast::Block& block);
  [[nodiscard]] Span label_place(Symbol name) const;
  // Expressions: expression_names.cpp.
  void expr(const ast::Expr* expr);
  void name(const ast::NameExpr& expr);
  void field(const ast::FieldExpr& expr);
  void call(const ast::CallExpr& expr);
  void arguments(const ast::CallExpr& expr, const sema::CallInfo* info, const ast::Decl* callee);
  void record(const ast::RecordExpr& expr);
  void lambda(const ast::LambdaExpr& expr);
  bool callee(Span span, Symbol name, const sema::CallInfo* info);
  void plain_name(Span span, Symbol name);

  void add(Span span, Entity entity, Role role = Role::Reads, ir::TypeId type = {});
  void key(Span span, sema::KeyId key, Role role, ir::TypeId type = {});
  void declaration(Span span, const ast::Decl& decl) { add(span, {EntityKind::Decl, &decl}); }
  /// `notes.` of `notes.f` is noted; what is left is the name's own span.
  Span without_module(Span span);
  [[nodiscard]] const ast::Decl* decl_of(sema::CallableId id) const;
  [[nodiscard]] const sema::CallInfo* call_info(const ast::Expr& expr) const;
  [[nodiscard]] const ast::Decl* schema_of(ir::TypeId type) const;
  void find_key_entities();
  /// The key of the name in the flow or node that is walked; none when it has none.
  [[nodiscard]] sema::KeyId key_named(Symbol name) const;

  const Snapshot& snapshot_;
  const sema::Program& program_;
  std::vector<Occurrence>& out_;
  std::unordered_map<uint32_t, Entity> keys_;  ///< by KeyId, those that are ports and outputs
  std::vector<std::unordered_map<Symbol, Span>> labels_;  ///< of the scopes around, innermost last
  std::unordered_map<const ast::Decl*, const sema::Callable*> callables_;
  std::unordered_map<const ast::Decl*, const sema::Body*> bodies_;
  const sema::Body* body_ = nullptr;  ///< of the declaration that is walked
};

}  // namespace pflow::query
