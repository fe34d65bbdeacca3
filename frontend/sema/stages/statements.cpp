#include "frontend/sema/stages/statements.h"

#include "frontend/ast/walk.h"
#include "frontend/sema/exprs/expressions.h"
#include "frontend/sema/stages/keys.h"
#include "frontend/sema/stages/region_facts.h"
#include "frontend/sema/types/type_exprs.h"
#include "frontend/sema/wording.h"

namespace pflow::sema {

using ir::TypeId;

namespace {

Env statement_env(Context& ctx, Scope& scope, const ast::Statement& statement) {
  auto error = scope.error_keys.find(&statement);
  KeyId error_key = error != scope.error_keys.end() ? error->second : KeyId();
  return env_at(ctx, scope, scope.graph->node_of(statement), error_key);
}

/// The key of a `let` other than its first setter has a type already.
void check_let_statement(Context& ctx, Scope& scope, const ast::LetStatement& let) {
  auto found = scope.store.find(let.let.name.symbol);
  if (found == scope.store.end()) {
    check_let(ctx, scope, let);
    return;
  }
  ctx.program.lets.emplace(&let.let, found->second.id);
  TypeId type = key_type(ctx, scope, let.let.name.symbol, let.let.name.span);
  check_let(ctx, scope, let);
  if (found->second.let == &let) return;
  Env env = statement_env(ctx, scope, let);
  const Key key = ctx.program.key(found->second.id);
  coerce(env, *let.let.value, type, {key.span, fmt::format("the key is {}", a_type(ctx, type))});
}

void check_assignment(Context& ctx, Scope& scope, const ast::AssignStatement& assign) {
  Env env = statement_env(ctx, scope, assign);
  env.assign = &assign;
  auto found = scope.store.find(assign.key.symbol);
  if (found == scope.store.end()) {
    check_expr(env, *assign.value);
    return;
  }
  ctx.program.assigns.emplace(&assign, found->second.id);
  TypeId type = key_type(ctx, scope, assign.key.symbol, assign.key.span);
  const Key key = ctx.program.key(found->second.id);
  check_as(env, *assign.value, type, {key.span, fmt::format("the key is {}", a_type(ctx, type))});
}

void check_return(Context& ctx, Scope& scope, const ast::ReturnStatement& statement) {
  Env env = statement_env(ctx, scope, statement);
  TypeId type = ctx.types.void_;
  if (statement.value != nullptr)
    type = kept_type(ctx, check_expr(env, *statement.value), statement.value->span);
  ctx.statement_types[&statement] = type;
  if (scope.each != nullptr || scope.flow->results.empty()) return;
  ctx.diagnostics.report(diag::return_beside_results, statement.span)
      .label("gives a value")
      .secondary(scope.flow->results_span, "the results are these keys")
      .help("set the keys and write `end`");
}

void check_assert(Context& ctx, Scope& scope, const ast::AssertStatement& statement) {
  Env env = statement_env(ctx, scope, statement);
  check_as(env, *statement.condition, ctx.types.bool_, {{}, "an `assert` holds or not"});
  if (statement.why != nullptr) check_as(env, *statement.why, ctx.types.str);
}

}  // namespace

void check_statement(Context& ctx, Scope& scope, const ast::Statement& statement) {
  switch (statement.kind) {
    case ast::StatementKind::Let:
      return check_let_statement(ctx, scope, ast::as<ast::LetStatement>(statement));
    case ast::StatementKind::Assign:
      return check_assignment(ctx, scope, ast::as<ast::AssignStatement>(statement));
    case ast::StatementKind::Return:
      return check_return(ctx, scope, ast::as<ast::ReturnStatement>(statement));
    case ast::StatementKind::Assert:
      return check_assert(ctx, scope, ast::as<ast::AssertStatement>(statement));
    case ast::StatementKind::Stub: return;  // stubs.h
    case ast::StatementKind::OnError:
      return check_block(ctx, scope, *ast::as<ast::OnErrorStatement>(statement).body);
    case ast::StatementKind::Transition:
    case ast::StatementKind::Chain:
      for (const ast::Stage* stage : chain_of(statement)->stages) ctx.check_stage(scope, *stage);
      return;
  }
}

void check_block(Context& ctx, Scope& scope, const ast::Block& block) {
  for (const ast::Statement* statement : block.statements) check_statement(ctx, scope, *statement);
}

void check_flow_body(Context& ctx, Scope& scope) {
  if (std::exchange(scope.body_checked, true)) return;
  check_block(ctx, scope, scope.each != nullptr ? *scope.each->each->body : *scope.flow->body);
}

TypeId check_let(Context& ctx, Scope& scope, const ast::LetStatement& let) {
  if (auto done = ctx.statement_types.find(&let); done != ctx.statement_types.end())
    return done->second;
  Env env = statement_env(ctx, scope, let);
  env.let = &let;
  TypeId type;
  if (let.let.type != nullptr) {
    type = resolve_type(ctx, *let.let.type);
    check_as(env, *let.let.value, type, {let.let.type->span, "declared here"});
  } else {
    type = kept_type(ctx, check_expr(env, *let.let.value), let.let.value->span);
  }
  ctx.statement_types[&let] = type;
  return type;
}

}  // namespace pflow::sema
