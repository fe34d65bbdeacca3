#include "frontend/sema/stages/keys.h"

#include "frontend/sema/files/imported_names.h"
#include "frontend/sema/name_case.h"

namespace pflow::sema {

using ir::TypeId;

std::string_view key_kind_text(KeyKind kind) {
  switch (kind) {
    case KeyKind::Param: return "parameter";
    case KeyKind::Lambda: return "lambda parameter";
    case KeyKind::Let:
    case KeyKind::Bound:
    case KeyKind::Output:
    case KeyKind::Error:
    case KeyKind::Item:
    case KeyKind::Variant: return "key";
  }
}

Scope& root_scope(Scope& scope) {
  Scope* at = &scope;
  while (at->outer != nullptr) at = at->outer;
  return *at;
}

std::vector<Symbol> keys_in_sight(const Scope& scope) {
  std::vector<Symbol> keys;
  for (const Scope* at = &scope; at != nullptr; at = at->outer)
    keys.insert(keys.end(), at->store_order.begin(), at->store_order.end());
  return keys;
}

Span label_span(const Scope& scope, Symbol name) {
  for (const Scope* at = &scope; at != nullptr; at = at->outer)
    if (auto found = at->labels.find(name); found != at->labels.end()) return found->second;
  return {};
}

KeyId add_scope_key(Context& ctx, Scope& scope, Key key) {
  KeyId id = ctx.add_key(key);
  ctx.program.bodies[scope.body].keys.push_back(id);
  return id;
}

TypeId key_type(Context& ctx, Scope& scope, Symbol name, Span use) {
  StoreKey& entry = scope.store.at(name);
  KeyId id = entry.id;
  if (entry.progress == Progress::Known) return ctx.program.key(id).type;
  if (entry.progress == Progress::Running) {
    ctx.diagnostics.report(diag::recursive_type, ctx.program.key(id).span, ctx.text(name))
        .label("needs a declared type")
        .secondary(use, "its type depends on this");
    entry.progress = Progress::Known;
    return ctx.program.keys[id.index].type = ctx.types.error;
  }
  entry.progress = Progress::Running;
  TypeId type = ctx.rules.setter_type(ctx, entry);
  if (entry.progress == Progress::Running) ctx.program.keys[id.index].type = type;
  entry.progress = Progress::Known;
  return ctx.program.key(id).type;
}

void check_free(Env& env, const ast::Name& name) {
  Context& ctx = env.ctx;
  check_case(ctx, name, false, "key");
  check_not_import(ctx, name);
  auto taken = [&](Span span, std::string_view kind) {
    ctx.diagnostics.report(diag::name_taken, name.span, ctx.text(name.symbol), kind)
        .label("nothing shadows")
        .secondary(span, fmt::format("the {}", kind));
  };
  for (KeyId local : env.locals)
    if (const Key& key = ctx.program.key(local); key.name == name.symbol)
      return taken(key.span, key_kind_text(key.kind));
  if (env.scope == nullptr) return;
  if (auto key = env.scope->store.find(name.symbol); key != env.scope->store.end()) {
    const Key& earlier = ctx.program.key(key->second.id);
    return taken(earlier.span, key_kind_text(earlier.kind));
  }
  if (Span label = label_span(*env.scope, name.symbol); label.valid()) return taken(label, "stage");
}

KeyId output_key(Context& ctx, Scope& scope, const ast::Stage& stage, int port, Symbol name,
                 TypeId type) {
  uint64_t place = (uint64_t{stage.id.index} << 32) | static_cast<uint32_t>(port);
  auto [at, fresh] = root_scope(scope).outputs.try_emplace(place);
  if (fresh) at->second = add_scope_key(ctx, scope, {KeyKind::Output, name, type, stage.span});
  return at->second;
}

}  // namespace pflow::sema
