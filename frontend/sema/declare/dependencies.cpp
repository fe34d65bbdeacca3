#include "frontend/sema/declare/dependencies.h"

#include <algorithm>

#include "frontend/sema/files/used_names.h"

namespace pflow::sema {

namespace {

/// The callables with a body that the scope's body names.
std::vector<CallableId> callees(const Context& ctx, const Scope& scope) {
  std::unordered_set<Symbol> names;
  const ast::Decl& decl = *ctx.program.callable(scope.callable).decl;
  collect_used_names(decl, names);
  std::vector<CallableId> found;
  for (Symbol name : names) {
    CallableId id = ctx.callable({name, decl.span});
    if (id.valid() && ctx.scopes[id.index] != nullptr) found.push_back(id);
  }
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

std::vector<Scope*> scopes_in_order(const Context& ctx) {
  struct Visit {
    CallableId id;
    std::vector<CallableId> callees;
    size_t next = 0;
  };
  std::vector<Scope*> order;
  std::vector<bool> seen(ctx.scopes.size());
  std::vector<Visit> open;
  auto enter = [&](CallableId id) {
    if (seen[id.index] || ctx.scopes[id.index] == nullptr) return;
    seen[id.index] = true;
    open.push_back({id, callees(ctx, *ctx.scopes[id.index])});
  };
  for (size_t i = 0; i < ctx.scopes.size(); ++i) {
    enter(CallableId(i));
    while (!open.empty()) {
      if (open.back().next < open.back().callees.size()) {
        enter(open.back().callees[open.back().next++]);
        continue;
      }
      order.push_back(ctx.scopes[open.back().id.index].get());
      open.pop_back();
    }
  }
  return order;
}

}  // namespace pflow::sema
