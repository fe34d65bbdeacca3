/// What the names in each file mean: what the file declares, what its imports bring
/// (as `notes.f` where an import is `as notes`), then the standard nodes. Made before
/// anything is declared, of the trees alone; nothing is found twice.
#pragma once

#include <unordered_map>
#include <vector>

#include "frontend/ast/ast.h"

namespace pflow::sema {

/// A declaration and the import that brings it; null for the file's own.
struct Visible {
  const ast::Decl* decl = nullptr;
  const ast::Import* import = nullptr;
};

/// Schemas and type aliases; else nodes and flows.
[[nodiscard]] inline bool declares_type(const ast::Decl& decl) {
  return decl.kind == ast::DeclKind::Schema || decl.kind == ast::DeclKind::Alias;
}

class VisibleNames {
 public:
  /// All of an interface's names, for every file to see; a later file's name wins.
  void add_standard(const ast::File& file);
  /// What a file of the program declares. Of two of one name, the first is seen.
  void add_own(const ast::File& file);
  /// What stands for `name` in the file already, or nothing when `seen` does from now on.
  Visible add(FileId file, Symbol name, Visible seen);
  /// A name that an import would bring if it were not private.
  void add_private(FileId file, Symbol name, const ast::Decl& decl);
  /// A name that the user has for another one, in every program that has no such name.
  void add_own_alias(Symbol name, Symbol target) { own_aliases_[name] = target; }
  /// An import's own name: the earlier import of the name in the file, or null.
  const ast::Import* add_import(FileId file, const ast::Import& import);

  /// What a name that stands in the file means, or null.
  [[nodiscard]] const ast::Decl* type(Symbol name, FileId file) const;
  /// An alias is followed: a node or flow, null where an alias leads to none.
  [[nodiscard]] const ast::Decl* callable(Symbol name, FileId file) const;
  /// As it is declared or imported: an alias is itself.
  [[nodiscard]] const ast::Decl* named(Symbol name, FileId file) const;
  /// What a name is for that has a meaning by the user's own aliases alone, else none.
  [[nodiscard]] Symbol own_alias(Symbol name, FileId file) const;
  [[nodiscard]] const ast::Decl* private_of_import(Symbol name, FileId file) const;
  [[nodiscard]] const ast::Import* import(Symbol name, FileId file) const;

  /// All names that can be written in the file, for suggestions.
  [[nodiscard]] std::vector<Symbol> types_in(FileId file) const;
  [[nodiscard]] std::vector<Symbol> callables_in(FileId file) const;

 private:
  using Table = std::unordered_map<Symbol, Visible>;
  struct Names {
    Table types, callables;
    std::unordered_map<Symbol, const ast::Decl*> privates;
    std::unordered_map<Symbol, const ast::Import*> imports;
  };
  [[nodiscard]] const Names* names(FileId file) const;
  [[nodiscard]] const ast::Decl* find(Symbol name, FileId file, Table Names::* table) const;
  [[nodiscard]] std::vector<Symbol> all(FileId file, Table Names::* table) const;

  Names standard_;
  std::unordered_map<Symbol, Symbol> own_aliases_;
  std::unordered_map<FileId, Names> files_;  ///< of the program
};

}  // namespace pflow::sema
