#include "frontend/lower/module/key_uses.h"

#include <algorithm>

#include "frontend/ast/walk.h"

namespace pflow::lowering {

void KeyUses::add_call(const sema::CallInfo& call) {
  for (const sema::BoundArgument& argument : call.arguments)
    if (argument.source == sema::ArgumentSource::Key) read(argument.key);
}

void KeyUses::add_bindings(std::span<const ast::Pattern> patterns) {
  for (const ast::Pattern& pattern : patterns)
    if (auto found = program_.variants.find(&pattern); found != program_.variants.end())
      write(found->second.binding);
}

void KeyUses::add(const ast::Expr& root) {
  // Operators and method calls group to the left as long as the source is.
  std::vector<const ast::Expr*> open{&root};
  while (!open.empty()) {
    const ast::Expr& expr = *open.back();
    open.pop_back();
    read(program_.expr_keys[expr.id.index]);
    if (auto call = program_.calls.find(expr.id); call != program_.calls.end())
      add_call(call->second);
    if (auto function = program_.functions.find(expr.id); function != program_.functions.end()) {
      for (sema::KeyId key : function->second.params) write(key);
      if (function->second.lambda != nullptr) open.push_back(function->second.lambda->body);
    }
    if (expr.kind == ast::ExprKind::Block)
      for (const ast::LetBinding& let : ast::as<ast::BlockExpr>(expr).lets)
        write(program_.lets.at(&let));
    if (expr.kind == ast::ExprKind::Match)
      for (const ast::MatchArm& arm : ast::as<ast::MatchExpr>(expr).arms)
        add_bindings(arm.patterns);
    const auto first = static_cast<std::ptrdiff_t>(open.size());
    ast::for_each_child(expr, [&](const ast::Expr& child) { open.push_back(&child); });
    std::reverse(open.begin() + first, open.end());
  }
}

void KeyUses::add_work(const ast::Stage& stage) {
  const sema::StageInfo& info = program_.stage(stage.id);
  if (stage.expr != nullptr) add(*stage.expr);
  if (stage.block != nullptr) add(*stage.block);
  write(info.item);
  if (stage.each != nullptr) add(*stage.each->body);
  if (stage.repeat != nullptr) {
    if (stage.repeat->list != nullptr) add(*stage.repeat->list);
    add(*stage.repeat->body);
    if (stage.repeat->until != nullptr) add(*stage.repeat->until);
  }
  if (stage.if_ != nullptr) {
    for (const ast::IfForm::Arm& arm : stage.if_->arms) {
      add(*arm.condition);
      add(*arm.body);
    }
    if (stage.if_->otherwise != nullptr) add(*stage.if_->otherwise);
  }
  if (stage.match != nullptr) {
    add(*stage.match->subject);
    for (const ast::MatchForm::Arm& arm : stage.match->arms) {
      add_bindings(arm.patterns);
      add(*arm.body);
    }
  }
}

void KeyUses::add_policies(const ast::Stage& stage) {
  const sema::StageInfo& info = program_.stage(stage.id);
  write(info.fallback_error);
  if (info.max != nullptr) add(*info.max);
  for (const sema::StagePolicy& policy : info.policies)
    if (policy.value != nullptr && policy.kind != ir::Policy::OnError) add(*policy.value);
}

void KeyUses::add_writes(const ast::Stage& stage) {
  const sema::StageInfo& info = program_.stage(stage.id);
  for (const sema::StageWrite& made : info.writes) write(made.key);
  write(info.error_key);
}

void KeyUses::add(const ast::Stage& stage) {
  add_work(stage);
  add_policies(stage);
  add_writes(stage);
}

void KeyUses::add(const ast::Chain& chain) {
  for (const ast::Stage* stage : chain.stages) add(*stage);
}

void KeyUses::add(const ast::Statement& statement) {
  switch (statement.kind) {
    case ast::StatementKind::Let: {
      const ast::LetBinding& let = ast::as<ast::LetStatement>(statement).let;
      add(*let.value);
      return write(program_.lets.at(&let));
    }
    case ast::StatementKind::Assign: {
      const auto& assign = ast::as<ast::AssignStatement>(statement);
      add(*assign.value);
      return write(program_.assigns.at(&assign));
    }
    case ast::StatementKind::Chain: return add(ast::as<ast::ChainStatement>(statement).chain);
    case ast::StatementKind::Transition:
      return add(ast::as<ast::TransitionStatement>(statement).chain);
    case ast::StatementKind::Return: {
      const ast::Expr* value = ast::as<ast::ReturnStatement>(statement).value;
      return value != nullptr ? add(*value) : void();
    }
    case ast::StatementKind::OnError: {
      const auto& handler = ast::as<ast::OnErrorStatement>(statement);
      if (auto key = program_.on_errors.find(&handler); key != program_.on_errors.end())
        write(key->second);
      return add(*handler.body);
    }
    case ast::StatementKind::Assert: {
      const auto& assertion = ast::as<ast::AssertStatement>(statement);
      add(*assertion.condition);
      return assertion.why != nullptr ? add(*assertion.why) : void();
    }
    case ast::StatementKind::Stub: return add(*ast::as<ast::StubStatement>(statement).value);
  }
}

void KeyUses::add(const ast::Block& block) {
  for (const ast::Statement* statement : block.statements) add(*statement);
}

}  // namespace pflow::lowering
