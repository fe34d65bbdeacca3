#include "frontend/sema/files/visible_names.h"

namespace pflow::sema {

void VisibleNames::add_standard(const ast::File& file) {
  for (const ast::Decl* decl : file.decls) {
    Table& table = declares_type(*decl) ? standard_.types : standard_.callables;
    Visible& seen = table[decl->name.symbol];
    bool declared_again = seen.decl != nullptr && seen.decl->name.span.file == decl->name.span.file;
    if (!declared_again) seen = {decl, nullptr};
  }
}

void VisibleNames::add_own(const ast::File& file) {
  files_[file.file];
  for (const ast::Decl* decl : file.decls)
    if (decl->kind != ast::DeclKind::Test) add(file.file, decl->name.symbol, {decl, nullptr});
}

Visible VisibleNames::add(FileId file, Symbol name, Visible seen) {
  Names& names = files_[file];
  Table& table = declares_type(*seen.decl) ? names.types : names.callables;
  auto [at, fresh] = table.emplace(name, seen);
  return fresh ? Visible() : at->second;
}

void VisibleNames::add_private(FileId file, Symbol name, const ast::Decl& decl) {
  files_[file].privates.emplace(name, &decl);
}

const ast::Import* VisibleNames::add_import(FileId file, const ast::Import& import) {
  auto [at, fresh] = files_[file].imports.emplace(import.alias.symbol, &import);
  return fresh ? nullptr : at->second;
}

const VisibleNames::Names* VisibleNames::names(FileId file) const {
  auto found = files_.find(file);
  return found == files_.end() ? nullptr : &found->second;
}

const ast::Decl* VisibleNames::find(Symbol name, FileId file, Table Names::* table) const {
  if (const Names* own = names(file); own != nullptr)
    if (auto found = (own->*table).find(name); found != (own->*table).end())
      return found->second.decl;
  auto found = (standard_.*table).find(name);
  return found == (standard_.*table).end() ? nullptr : found->second.decl;
}

const ast::Decl* VisibleNames::type(Symbol name, FileId file) const {
  return find(name, file, &Names::types);
}

const ast::Decl* VisibleNames::named(Symbol name, FileId file) const {
  return find(name, file, &Names::callables);
}

Symbol VisibleNames::own_alias(Symbol name, FileId file) const {
  if (named(name, file) != nullptr) return {};
  auto found = own_aliases_.find(name);
  return found == own_aliases_.end() ? Symbol() : found->second;
}

const ast::Decl* VisibleNames::callable(Symbol name, FileId file) const {
  constexpr int kLongest = 100;  // nobody writes more aliases of aliases than that: it is a loop
  for (int steps = 0; steps < kLongest; ++steps) {
    const ast::Decl* found = named(name, file);
    if (found != nullptr && found->kind != ast::DeclKind::NodeAlias) return found;
    name = found == nullptr ? own_alias(name, file)
                            : ast::as<ast::NodeAliasDecl>(*found).target.symbol;
    if (!name.valid()) return nullptr;
    if (found != nullptr) file = found->name.span.file;
  }
  return nullptr;
}

const ast::Decl* VisibleNames::private_of_import(Symbol name, FileId file) const {
  const Names* own = names(file);
  if (own == nullptr) return nullptr;
  auto found = own->privates.find(name);
  return found == own->privates.end() ? nullptr : found->second;
}

const ast::Import* VisibleNames::import(Symbol name, FileId file) const {
  const Names* own = names(file);
  if (own == nullptr) return nullptr;
  auto found = own->imports.find(name);
  return found == own->imports.end() ? nullptr : found->second;
}

std::vector<Symbol> VisibleNames::all(FileId file, Table Names::* table) const {
  std::vector<Symbol> found;
  if (const Names* own = names(file); own != nullptr)
    for (const auto& [name, seen] : own->*table) found.push_back(name);
  for (const auto& [name, seen] : standard_.*table) found.push_back(name);
  return found;
}

std::vector<Symbol> VisibleNames::types_in(FileId file) const { return all(file, &Names::types); }

std::vector<Symbol> VisibleNames::callables_in(FileId file) const {
  return all(file, &Names::callables);
}

}  // namespace pflow::sema
