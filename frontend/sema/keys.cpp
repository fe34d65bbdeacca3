#include "frontend/sema/keys.h"

#include "frontend/sema/callee.h"
#include "frontend/sema/declare_types.h"
#include "frontend/sema/stages.h"
#include "frontend/sema/type_exprs.h"

namespace pflow::sema {

using ir::TypeId;
using ir::TypeKind;

namespace {

std::string_view key_kind_text(KeyKind kind) {
  switch (kind) {
    case KeyKind::Param: return "parameter";
    case KeyKind::Lambda: return "lambda parameter";
    default: return "key";
  }
}

/// Walks the statements of one flow in source order.
class KeyCollector {
 public:
  KeyCollector(Context& ctx, Scope& scope) : ctx_(ctx), scope_(scope) {}

  void block(const ast::Block& block, KeyId error_key);
  /// Assignments may stand before what makes the key.
  void check_assignments();

 private:
  void statement(const ast::Statement& statement, KeyId error_key);
  void chain(const ast::Chain& chain, KeyId error_key);
  StoreKey* make(const ast::Name& name, KeyKind kind);
  void label(const ast::Stage& stage);

  Context& ctx_;
  Scope& scope_;
  std::vector<const ast::AssignStatement*> assignments_;
};

void KeyCollector::block(const ast::Block& block, KeyId error_key) {
  for (const ast::Statement* statement : block.statements) this->statement(*statement, error_key);
}

/// The store's entry for the name when this is its first setter, else null.
StoreKey* KeyCollector::make(const ast::Name& name, KeyKind kind) {
  if (!name.symbol.valid()) return nullptr;
  std::string_view text = ctx_.text(name.symbol);
  check_case(ctx_, name, false, "key");
  if (text == "error") {
    ctx_.diagnostics.report(diag::name_taken, name.span, text, "record on error edges")
        .label("needs another name");
    return nullptr;
  }
  if (auto taken = scope_.labels.find(name.symbol); taken != scope_.labels.end()) {
    ctx_.diagnostics.report(diag::name_taken, name.span, text, "stage")
        .label("names a key too")
        .secondary(taken->second, "the label");
    return nullptr;
  }
  auto [at, fresh] = scope_.store.try_emplace(name.symbol);
  if (fresh) {
    at->second.id = add_scope_key(ctx_, scope_, {kind, name.symbol, {}, name.span});
    scope_.store_order.push_back(name.symbol);
    return &at->second;
  }
  const Key& earlier = ctx_.program.key(at->second.id);
  if (kind == KeyKind::Let && earlier.kind == KeyKind::Param)
    ctx_.diagnostics.report(diag::name_taken, name.span, text, "parameter")
        .label("nothing shadows")
        .secondary(earlier.span, "the parameter");
  return nullptr;
}

void KeyCollector::label(const ast::Stage& stage) {
  if (!stage.label.symbol.valid()) return;
  std::string_view text = ctx_.text(stage.label.symbol);
  check_case(ctx_, stage.label, false, "label");
  if (auto key = scope_.store.find(stage.label.symbol); key != scope_.store.end()) {
    const Key& taken = ctx_.program.key(key->second.id);
    ctx_.diagnostics.report(diag::name_taken, stage.label.span, text, key_kind_text(taken.kind))
        .label("names a stage too")
        .secondary(taken.span, fmt::format("the {}", key_kind_text(taken.kind)));
    return;
  }
  auto [at, fresh] = scope_.labels.emplace(stage.label.symbol, stage.label.span);
  if (fresh) return;
  ctx_.diagnostics.report(diag::name_taken, stage.label.span, text, "stage")
      .label("names another stage")
      .secondary(at->second, "the first stage of this name");
}

void KeyCollector::chain(const ast::Chain& chain, KeyId error_key) {
  const ast::Stage* previous = nullptr;
  for (const ast::Stage* stage : chain.stages) {
    StagePlace& place = ctx_.stage_places[stage->id.index];
    place.scope = &scope_;
    place.previous = previous;
    place.error_key = error_key;
    ctx_.program.stages[stage->id.index].stage = stage;
    if (stage->block != nullptr) block(*stage->block, error_key);
    for (size_t i = 0; i < stage->bindings.size(); ++i)
      if (StoreKey* key = make(stage->bindings[i].key, KeyKind::Bound)) {
        key->stage = stage;
        key->binding = static_cast<int>(i);
      }
    label(*stage);
    previous = stage;
  }
}

void KeyCollector::statement(const ast::Statement& statement, KeyId error_key) {
  if (error_key.valid()) scope_.error_keys.emplace(&statement, error_key);
  switch (statement.kind) {
    case ast::StatementKind::Let: {
      const auto& let = ast::as<ast::LetStatement>(statement);
      StoreKey* key = make(let.let.name, KeyKind::Let);
      if (key == nullptr) return;
      key->let = &let;
      key->annotation = let.let.type;
      return;
    }
    case ast::StatementKind::Assign:
      assignments_.push_back(&ast::as<ast::AssignStatement>(statement));
      return;
    case ast::StatementKind::Chain:
      return chain(ast::as<ast::ChainStatement>(statement).chain, error_key);
    case ast::StatementKind::Transition: {
      const auto& transition = ast::as<ast::TransitionStatement>(statement);
      if (!transition.any && transition.action == "error") {
        error_key = add_scope_key(ctx_, scope_,
                                  {KeyKind::Error, ctx_.names.intern("error"),
                                   ctx_.program.error_type, transition.action_span});
        scope_.error_keys.emplace(&statement, error_key);
      }
      return chain(transition.chain, error_key);
    }
    case ast::StatementKind::Return: return;
  }
}

void KeyCollector::check_assignments() {
  for (const ast::AssignStatement* assign : assignments_) {
    if (scope_.store.contains(assign->key.symbol)) continue;
    auto report = ctx_.diagnostics.report(diag::undeclared_key, assign->key.span,
                                          ctx_.text(assign->key.symbol));
    report.label("no key of this flow");
    suggest_key(report, ctx_, scope_, assign->key);
    Span start{assign->span.file, assign->span.begin, assign->span.begin};
    report.help("make it with `let`", Edit{start, "let "});
  }
}

/// `-> (a, b: T)` gives `b` its type.
void annotate_results(Scope& scope) {
  for (const ast::Port& result : scope.flow->results) {
    auto found = scope.store.find(result.name.symbol);
    if (found == scope.store.end() || result.type == nullptr) continue;
    if (found->second.annotation == nullptr) found->second.annotation = result.type;
  }
}

/// The stage whose failure a transition takes fills that transition's `error`.
void link_error_keys(Context& ctx, const Scope& scope) {
  for (const auto& [statement, key] : scope.error_keys) {
    if (statement->kind != ast::StatementKind::Transition) continue;
    const auto& transition = ast::as<ast::TransitionStatement>(*statement);
    if (transition.any || transition.action != "error") continue;
    const LabelInfo* label = scope.graph->label(transition.label.symbol);
    if (label != nullptr && label->stage != nullptr)
      ctx.program.stages[label->stage->id.index].error_key = key;
  }
}

TypeId infer_from_setter(Context& ctx, Scope& scope, const StoreKey& key) {
  if (key.annotation != nullptr) return resolve_type(ctx, *key.annotation);
  if (key.let != nullptr) return check_let(ctx, scope, *key.let);
  if (key.stage != nullptr) return bound_type(ctx, scope, *key.stage, key.binding);
  return ctx.types.error;
}

}  // namespace

void collect_keys(Context& ctx, Scope& scope) {
  KeyCollector collector(ctx, scope);
  collector.block(*scope.flow->body, {});
  annotate_results(scope);
  collector.check_assignments();
  scope.graph = std::make_unique<FlowGraph>(
      *scope.flow, ctx.names, [&ctx](Symbol callee) { return output_names(ctx, callee); });
  link_error_keys(ctx, scope);
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
  TypeId type = infer_from_setter(ctx, scope, entry);
  if (entry.progress == Progress::Running) ctx.program.keys[id.index].type = type;
  entry.progress = Progress::Known;
  return ctx.program.key(id).type;
}

void check_free(Env& env, const ast::Name& name) {
  Context& ctx = env.ctx;
  check_case(ctx, name, false, "key");
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
  if (auto label = env.scope->labels.find(name.symbol); label != env.scope->labels.end())
    return taken(label->second, "stage");
}

KeyId output_key(Context& ctx, Scope& scope, const ast::Stage& stage, int port, Symbol name,
                 TypeId type) {
  uint64_t place = (uint64_t{stage.id.index} << 32) | static_cast<uint32_t>(port);
  auto [at, fresh] = scope.outputs.try_emplace(place);
  if (fresh) at->second = add_scope_key(ctx, scope, {KeyKind::Output, name, type, stage.span});
  return at->second;
}

}  // namespace pflow::sema
