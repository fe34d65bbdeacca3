/// The items of one completion, a name once, and who fills it with what the program knows.
#pragma once

#include <set>

#include "frontend/query/completion_item.h"
#include "frontend/query/keys_in_sight.h"
#include "frontend/query/probe.h"
#include "frontend/query/standard_nodes.h"

namespace pflow::query {

class CompletionList {
 public:
  CompletionList(const Snapshot& snapshot, const StandardNodes& standard)
      : s_(snapshot), standard_(standard) {}

  void add(CompletionItem item);
  /// Nodes and flows: the file's, those of its imports, the standard ones, the compiler's.
  void callables();
  void types(int rank);
  /// The keys in sight; those of the type `asked` first.
  void keys(const ast::Decl& decl, uint32_t offset, ir::TypeId asked);
  /// The members of a union of literals; with their quotes where none are written.
  void literals(ir::TypeId asked, bool quoted);
  /// The variants of a sum type.
  void variants(ir::TypeId subject);
  /// What can stand behind `base.`.
  void members(const ast::Expr& base, const ast::Decl* decl, uint32_t offset);
  /// What an import brings.
  void module(std::string_view name);
  void port(ItemKind kind, const ast::Port& port, std::string_view behind, int rank);

  [[nodiscard]] const ast::Decl* callee(const ast::CallExpr& call) const;
  [[nodiscard]] const Snapshot& snapshot() const { return s_; }
  [[nodiscard]] std::string_view text(Symbol name) const { return s_.text(name); }
  [[nodiscard]] std::vector<CompletionItem> take();

 private:
  void declared(const ast::Decl& decl, std::string_view name, int rank);
  void methods(ir::TypeId type);
  [[nodiscard]] bool takes(const ast::Decl& node, ir::TypeId type) const;

  const Snapshot& s_;
  const StandardNodes& standard_;
  std::vector<CompletionItem> items_;
  std::set<std::string> seen_;
};

}  // namespace pflow::query
