#include "tools/driver/packages/node_functions.h"

#include <fmt/format.h>

#include <algorithm>

namespace pflow::packages {
namespace {

/// The node, when an archive carries it out; else null.
const ast::ExternDecl* coded_node(const ast::Decl& decl) {
  if (decl.kind != ast::DeclKind::Extern) return nullptr;
  const auto& node = ast::as<ast::ExternDecl>(decl);
  return node.foreign == nullptr ? &node : nullptr;
}

}  // namespace

bool has_code(const ast::File& interface) {
  return std::ranges::any_of(interface.decls,
                             [](const ast::Decl* decl) { return coded_node(*decl) != nullptr; });
}

std::vector<std::string> node_functions(const ast::File& interface, const Interner& names,
                                        const std::string& package) {
  std::vector<std::string> found;
  for (const ast::Decl* decl : interface.decls) {
    const ast::ExternDecl* node = coded_node(*decl);
    if (node == nullptr) continue;
    const std::string name = fmt::format("pfn_{}_{}", package, names.text(decl->name.symbol));
    found.push_back(name);
    if (node->attributes.preflight) found.push_back(name + "_preflight");
    if (node->attributes.settings) found.push_back(name + "_settings");
    if (node->attributes.offline) found.push_back(name + "_offline");
    if (node->attributes.scripted) found.push_back(name + "_scripted");
  }
  return found;
}

}  // namespace pflow::packages
