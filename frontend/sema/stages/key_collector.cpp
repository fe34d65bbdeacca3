// Pass 3: what the statements of a flow name.
#include "frontend/ast/walk.h"
#include "frontend/sema/calls/callee.h"
#include "frontend/sema/files/imported_names.h"
#include "frontend/sema/name_case.h"
#include "frontend/sema/stages/keys.h"

namespace pflow::sema {

namespace {

/// Where statements stand: what `error` means there, and what holds them when it is
/// not the list of the flow itself.
struct StatementPlace {
  KeyId error_key;
  std::string_view holder;
};

/// Walks the statements of one scope in source order; bodies of `each` are scopes of
/// their own, with a collector each.
class KeyCollector {
 public:
  KeyCollector(Context& ctx, Scope& scope) : ctx_(ctx), scope_(scope) {}

  void block(const ast::Block& block, const StatementPlace& place);
  /// What can only be told when all keys of the flow are known: assignments may stand
  /// before what makes the key, and nothing shadows.
  void finish();

 private:
  void statement(const ast::Statement& statement, StatementPlace place);
  void chain(const ast::Chain& chain, const StatementPlace& place);
  void bodies(const ast::Stage& stage, const StatementPlace& place);
  void each_body(const ast::Stage& stage, const StatementPlace& place);
  void on_error(const ast::OnErrorStatement& statement, const StatementPlace& place);
  void item(const ast::Stage& stage, const ast::Name& name);
  KeyId error_key(Span span);
  StoreKey* make(const ast::Name& name, KeyKind kind);
  void label(const ast::Stage& stage);
  [[nodiscard]] bool calls_effect(const ast::Expr& value) const;
  void check_assignments();
  void check_shadowing();
  void check_inner_key(const Key& key);
  void report_outer(const ast::Name& name, const Key& outer);

  Context& ctx_;
  Scope& scope_;
  std::vector<const ast::AssignStatement*> assignments_;
  std::vector<KeyId> items_;
  const ast::OnErrorStatement* on_error_ = nullptr;
  std::vector<std::unique_ptr<KeyCollector>> inner_;
};

void KeyCollector::block(const ast::Block& block, const StatementPlace& place) {
  for (const ast::Statement* statement : block.statements) this->statement(*statement, place);
}

/// The store's entry for the name when this is its first setter, else null.
StoreKey* KeyCollector::make(const ast::Name& name, KeyKind kind) {
  if (!name.symbol.valid()) return nullptr;
  std::string_view text = ctx_.text(name.symbol);
  check_case(ctx_, name, false, "key");
  check_not_import(ctx_, name);
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
    at->second.scope = &scope_;
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
  check_not_import(ctx_, stage.label);
  if (scope_.store.owns(stage.label.symbol)) {
    const Key& taken = ctx_.program.key(scope_.store.at(stage.label.symbol).id);
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

/// The item has its type when the form is checked; it is seen in the body alone.
void KeyCollector::item(const ast::Stage& stage, const ast::Name& name) {
  if (!name.symbol.valid()) return;
  check_case(ctx_, name, false, "key");
  check_not_import(ctx_, name);
  KeyId key = add_scope_key(ctx_, scope_, {KeyKind::Item, name.symbol, {}, name.span});
  ctx_.program.stages[stage.id.index].item = key;
  items_.push_back(key);
}

void KeyCollector::each_body(const ast::Stage& stage, const StatementPlace& place) {
  auto body = std::make_unique<Scope>();
  body->callable = scope_.callable;
  body->body = scope_.body;
  body->flow = scope_.flow;
  body->each = &stage;
  body->outer = &scope_;
  body->store.set_outer(&scope_.store);
  ctx_.each_scopes[&stage] = body.get();
  scope_.bodies.push_back(std::move(body));
  inner_.push_back(std::make_unique<KeyCollector>(ctx_, *scope_.bodies.back()));
  inner_.back()->item(stage, stage.each->item);
  inner_.back()->block(*stage.each->body, {place.error_key, "the body of `each`"});
}

void KeyCollector::bodies(const ast::Stage& stage, const StatementPlace& place) {
  if (stage.kind == ast::StageKind::Each) return each_body(stage, place);
  if (stage.repeat != nullptr) item(stage, stage.repeat->item);
  StatementPlace inner{place.error_key, "a block"};
  for_each_block(stage, [&](const ast::Block& block) { this->block(block, inner); });
}

void KeyCollector::chain(const ast::Chain& chain, const StatementPlace& at) {
  const ast::Stage* previous = nullptr;
  for (const ast::Stage* stage : chain.stages) {
    StagePlace& place = ctx_.stage_places[stage->id.index];
    place.scope = &scope_;
    place.previous = previous;
    place.error_key = at.error_key;
    ctx_.program.stages[stage->id.index].stage = stage;
    bodies(*stage, at);
    for (size_t i = 0; i < stage->bindings.size(); ++i)
      if (StoreKey* key = make(stage->bindings[i].key, KeyKind::Bound)) {
        key->stage = stage;
        key->binding = static_cast<int>(i);
      }
    label(*stage);
    previous = stage;
  }
}

KeyId KeyCollector::error_key(Span span) {
  return add_scope_key(ctx_, scope_,
                       {KeyKind::Error, ctx_.names.intern("error"), ctx_.types.error_record, span});
}

void KeyCollector::on_error(const ast::OnErrorStatement& statement, const StatementPlace& place) {
  if (!place.holder.empty()) {
    ctx_.diagnostics.report(diag::misplaced_on_error, statement.head, place.holder)
        .label("takes failures of a flow")
        .note("it stands in the statement list of a flow");
  } else if (on_error_ != nullptr) {
    ctx_.diagnostics.report(diag::second_on_error, statement.head)
        .label("never runs")
        .secondary(on_error_->head, "takes every failure");
  } else {
    on_error_ = &statement;
  }
  KeyId key = error_key(statement.head);
  ctx_.program.on_errors.emplace(&statement, key);
  block(*statement.body, {key, "`on error`"});
}

void KeyCollector::statement(const ast::Statement& statement, StatementPlace place) {
  if (place.error_key.valid()) scope_.error_keys.emplace(&statement, place.error_key);
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
      return chain(ast::as<ast::ChainStatement>(statement).chain, place);
    case ast::StatementKind::Transition: {
      const auto& transition = ast::as<ast::TransitionStatement>(statement);
      if (!transition.any && transition.action == "error") {
        place.error_key = error_key(transition.action_span);
        scope_.error_keys.insert_or_assign(&statement, place.error_key);
      }
      return chain(transition.chain, place);
    }
    case ast::StatementKind::OnError:
      return on_error(ast::as<ast::OnErrorStatement>(statement), place);
    case ast::StatementKind::Return:
    case ast::StatementKind::Assert:
    case ast::StatementKind::Stub: return;
  }
}

void KeyCollector::report_outer(const ast::Name& name, const Key& outer) {
  ctx_.diagnostics.report(diag::outer_assigned, name.span, ctx_.text(name.symbol))
      .label("items run at once, in no order")
      .secondary(outer.span, "the key outside")
      .note(
          "only the value of its body leaves an `each`; `fold` adds up a list, `repeat … in` "
          "runs in order on the flow's own keys");
}

bool KeyCollector::calls_effect(const ast::Expr& value) const {
  if (value.kind != ast::ExprKind::Call) return false;
  CallableId id = find_callee(ctx_, callee_name(ast::as<ast::CallExpr>(value))).callable;
  return id.valid() && has_effects(ctx_.program.callable(id)) &&
         !stands_in_expressions(ctx_.types, ctx_.program.callable(id));
}

void KeyCollector::check_assignments() {
  for (const ast::AssignStatement* assign : assignments_) {
    if (scope_.store.owns(assign->key.symbol)) continue;
    if (auto* outer = scope_.store.find(assign->key.symbol)) {
      report_outer(assign->key, ctx_.program.key(outer->second.id));
      continue;
    }
    // Its reads are not reported as well.
    auto [made, fresh] = scope_.store.try_emplace(assign->key.symbol);
    made->second = {
        .id = add_scope_key(ctx_, scope_,
                            {KeyKind::Let, assign->key.symbol, ctx_.types.error, assign->key.span}),
        .progress = Progress::Known,
        .scope = &scope_};
    // As a stage it makes the key (report_effect).
    if (calls_effect(*assign->value)) continue;
    auto report = ctx_.diagnostics.report(diag::undeclared_key, assign->key.span,
                                          ctx_.text(assign->key.symbol));
    report.label("no key of this flow");
    suggest_key(report, ctx_, scope_, assign->key);
    Span start{assign->span.file, assign->span.begin, assign->span.begin};
    report.help("make it with `let`", Edit{start, "let "});
  }
}

/// A key of an `each` body that a scope around it has, too.
void KeyCollector::check_inner_key(const Key& key) {
  auto* outer = scope_.outer->store.find(key.name);
  if (outer == nullptr) return;
  const Key& taken = ctx_.program.key(outer->second.id);
  if (key.kind == KeyKind::Bound) return report_outer({key.name, key.span}, taken);
  ctx_.diagnostics
      .report(diag::name_taken, key.span, ctx_.text(key.name), key_kind_text(taken.kind))
      .label("nothing shadows")
      .secondary(taken.span, fmt::format("the {}", key_kind_text(taken.kind)));
}

void KeyCollector::check_shadowing() {
  for (KeyId item : items_) {
    const Key& key = ctx_.program.key(item);
    auto* taken = scope_.store.find(key.name);
    if (taken == nullptr) continue;
    ctx_.diagnostics.report(diag::name_taken, key.span, ctx_.text(key.name), "key")
        .label("nothing shadows")
        .secondary(ctx_.program.key(taken->second.id).span, "the key");
  }
  if (scope_.outer == nullptr) return;
  for (Symbol name : scope_.store_order)
    check_inner_key(ctx_.program.key(scope_.store.at(name).id));
  for (const auto& [name, span] : scope_.labels) {
    Span taken = label_span(*scope_.outer, name);
    if (!taken.valid()) continue;
    ctx_.diagnostics.report(diag::name_taken, span, ctx_.text(name), "stage")
        .label("names another stage")
        .secondary(taken, "the stage outside");
  }
}

void KeyCollector::finish() {
  check_assignments();
  check_shadowing();
  for (const auto& inner : inner_) inner->finish();
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
  RegionId region(0);
  if (scope.each != nullptr) region = scope.graph->region_of(*scope.each->each->body);
  for (const auto& [statement, key] : scope.error_keys) {
    if (statement->kind != ast::StatementKind::Transition) continue;
    const auto& transition = ast::as<ast::TransitionStatement>(*statement);
    if (transition.any || transition.action != "error") continue;
    const LabelInfo* label = scope.graph->label(transition.label.symbol, region);
    if (label != nullptr && label->stage != nullptr)
      ctx.program.stages[label->stage->id.index].error_key = key;
  }
}

void share_graph(Context& ctx, Scope& scope, const std::shared_ptr<FlowGraph>& graph) {
  scope.graph = graph;
  link_error_keys(ctx, scope);
  for (const auto& body : scope.bodies) share_graph(ctx, *body, graph);
}

}  // namespace

void collect_keys(Context& ctx, Scope& scope) {
  KeyCollector collector(ctx, scope);
  collector.block(*scope.flow->body, {});
  annotate_results(scope);
  collector.finish();
  share_graph(ctx, scope,
              std::make_shared<FlowGraph>(*scope.flow, ctx.names, [&ctx, &scope](Symbol callee) {
                return output_names(ctx, {callee, scope.flow->span});
              }));
}

}  // namespace pflow::sema
