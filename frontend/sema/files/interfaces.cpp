#include "frontend/sema/files/interfaces.h"

#include <algorithm>

#include "frontend/sema/files/used_names.h"

namespace pflow::sema {

namespace {

/// What the user's own aliases lead to.
void add_targets(const Context& ctx, FileId file, std::unordered_set<Symbol>& names) {
  const std::vector<Symbol> used(names.begin(), names.end());
  for (Symbol at : used)
    while (ctx.registry.find(ctx.text(at)) < 0) {
      at = ctx.visible.own_alias(at, file);
      if (!at.valid() || !names.insert(at).second) break;
    }
}

}  // namespace

std::vector<std::string> load_interfaces(Context& ctx, ParseIds& ids) {
  std::vector<std::string> modules(ctx.checked.files.size());
  std::vector<bool> loaded(ctx.registry.files().size());
  // Interfaces may use each other's schemas: each file parsed is looked through too.
  for (size_t at = 0; at < ctx.checked.files.size(); ++at) {
    std::unordered_set<Symbol> names;
    for (const ast::Decl* decl : ctx.checked.files[at]->decls) collect_used_names(*decl, names);
    add_targets(ctx, ctx.checked.files[at]->file, names);
    std::vector<int> wanted;
    for (Symbol name : names)
      if (int found = ctx.registry.find(ctx.text(name)); found >= 0 && !loaded[found]) {
        loaded[found] = true;
        wanted.push_back(found);
      }
    std::sort(wanted.begin(), wanted.end());
    for (int index : wanted) {
      const InterfaceFile& interface = ctx.registry.files()[index];
      FileId file = ctx.sources.add(interface.path, interface.text);
      ctx.checked.files.push_back(
          parse_file(file, FileRole::Interface, ctx.sources, ctx.names, ctx.diagnostics, ids));
      ctx.visible.add_standard(*ctx.checked.files.back());
      modules.push_back(interface.module);
    }
  }
  return modules;
}

}  // namespace pflow::sema
