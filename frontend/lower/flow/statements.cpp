#include "frontend/lower/flow/statements.h"

#include "frontend/lower/expr/sequences.h"
#include "frontend/lower/flow/asserts.h"
#include "frontend/lower/flow/ends.h"
#include "frontend/lower/flow/stages.h"
#include "frontend/lower/flow/stubs.h"

namespace pflow::lowering {

namespace {

/// Whether the stage is a step of a chain of functions over a list or stream, which
/// `next` carries on: the steps become one loop.
bool is_deferred(const FlowContext& f, const ast::Stage& stage, const ast::Stage* next) {
  auto plain = [&](const ast::Stage& one) {
    const sema::StageInfo& info = f.program.stage(one.id);
    return one.kind == ast::StageKind::Expr && takes_piped(f.exprs, *one.expr) &&
           info.policies.empty() && !info.is_jump_target && info.max_visits < 0;
  };
  if (next == nullptr || !plain(stage) || !plain(*next)) return false;
  const sema::StageInfo& info = f.program.stage(stage.id);
  return is_step(f.exprs, *stage.expr) && info.writes.empty() && info.transitions.empty();
}

}  // namespace

Held lower_chain(FlowContext& f, const ast::Chain& chain) {
  Held piped;
  for (size_t i = 0; i < chain.stages.size(); ++i) {
    const ast::Stage& stage = *chain.stages[i];
    const ast::Stage* next = i + 1 < chain.stages.size() ? chain.stages[i + 1] : nullptr;
    if (is_deferred(f, stage, next)) {
      piped.deferred.push_back(&ast::as<ast::CallExpr>(*stage.expr));
      continue;
    }
    if (!f.builder.open()) f.builder.enter(f.builder.block("unreachable"));
    piped = lower_stage(f, stage, piped);
  }
  return piped;
}

Held lower_statement(FlowContext& f, const ast::Statement& statement) {
  switch (statement.kind) {
    case ast::StatementKind::Let: {
      const ast::LetBinding& let = ast::as<ast::LetStatement>(statement).let;
      const sema::KeyId key = f.program.lets.at(&let);
      f.exprs.keys.store(key, f.exprs.lower_as(*let.value, f.program.key(key).type));
      return {};
    }
    case ast::StatementKind::Assign: {
      const auto& assign = ast::as<ast::AssignStatement>(statement);
      const sema::KeyId key = f.program.assigns.at(&assign);
      f.exprs.keys.store(key, f.exprs.lower_as(*assign.value, f.program.key(key).type));
      return {};
    }
    case ast::StatementKind::Return:
      return_value(f, ast::as<ast::ReturnStatement>(statement).value);
      return {};
    case ast::StatementKind::Chain: return f.lower(ast::as<ast::ChainStatement>(statement).chain);
    case ast::StatementKind::Assert:
      lower_assert(f, ast::as<ast::AssertStatement>(statement));
      return {};
    case ast::StatementKind::Stub: lower_stub(f, ast::as<ast::StubStatement>(statement)); return {};
    case ast::StatementKind::Transition:
    case ast::StatementKind::OnError: return {};
  }
  return {};
}

Held lower_statements(FlowContext& f, const ast::Block& block) {
  Held last;
  for (const ast::Statement* statement : block.statements) {
    if (statement->kind == ast::StatementKind::Transition ||
        statement->kind == ast::StatementKind::OnError)
      continue;
    // Behind a jump or an end: only what a jump reaches runs, and that has its own block.
    if (!f.builder.open()) f.builder.enter(f.builder.block("unreachable"));
    f.builder.set_span(statement->span);
    last = f.lower(*statement);
  }
  return last;
}

}  // namespace pflow::lowering
