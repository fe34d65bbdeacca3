// Names in statements and stages.
#include "frontend/ast/walk.h"
#include "frontend/query/name_walk.h"
#include "frontend/sema/calls/builtins.h"
#include "ir/policies.h"

namespace pflow::query {

using ast::StatementKind;

/// The labels of a scope, but not those of the bodies of `each` in it.
void NameWalk::collect_labels(const ast::Block& block) {
  for (const ast::Statement* statement : block.statements) {
    if (statement->kind == StatementKind::OnError)
      collect_labels(*ast::as<ast::OnErrorStatement>(*statement).body);
    const ast::Chain* chain = ast::chain_of(*statement);
    if (chain == nullptr) continue;
    for (const ast::Stage* stage : chain->stages) {
      if (stage->label.symbol.valid())
        labels_.back().try_emplace(stage->label.symbol, stage->label.span);
      if (stage->each == nullptr)
        ast::for_each_block(*stage, [&](const ast::Block& inner) { collect_labels(inner); });
    }
  }
}

Span NameWalk::label_place(Symbol name) const {
  for (auto scope = labels_.rbegin(); scope != labels_.rend(); ++scope)
    if (auto found = scope->find(name); found != scope->end()) return found->second;
  return {};
}

void NameWalk::label(const ast::Name& name) {
  Span place = label_place(name.symbol);
  if (place.valid())
    add(name.span, {EntityKind::Label, nullptr, 0, place},
        place == name.span ? Role::Declares : Role::Reads);
}

void NameWalk::scope(const ast::Block& block) {
  labels_.emplace_back();
  collect_labels(block);
  this->block(&block);
  labels_.pop_back();
}

void NameWalk::block(const ast::Block* block) {
  if (block == nullptr) return;
  for (const ast::Statement* each : block->statements) statement(*each);
}

void NameWalk::statement(const ast::Statement& statement) {
  ast::for_each_root(statement, [&](const ast::Expr& root) { expr(&root); });
  switch (statement.kind) {
    case StatementKind::Let: {
      const ast::LetBinding& let = ast::as<ast::LetStatement>(statement).let;
      key(let.name.span, key_named(let.name.symbol), Role::Declares);
      return type(let.type);
    }
    case StatementKind::Assign: {
      const auto& assign = ast::as<ast::AssignStatement>(statement);
      auto found = program_.assigns.find(&assign);
      key(assign.key.span,
          found == program_.assigns.end() ? key_named(assign.key.symbol) : found->second,
          Role::Writes);
      return;
    }
    case StatementKind::Transition:
      label(ast::as<ast::TransitionStatement>(statement).label);
      return chain(*ast::chain_of(statement));
    case StatementKind::Chain: return chain(*ast::chain_of(statement));
    case StatementKind::OnError: return block(ast::as<ast::OnErrorStatement>(statement).body);
    case StatementKind::Stub: {
      const ast::Name& target = ast::as<ast::StubStatement>(statement).target;
      callee(without_module(target.span), target.symbol, nullptr);
      return;
    }
    case StatementKind::Return:
    case StatementKind::Assert: return;
  }
}

void NameWalk::chain(const ast::Chain& chain) {
  for (const ast::Stage* each : chain.stages) stage(*each);
}

void NameWalk::stage(const ast::Stage& stage) {
  forms(stage);
  for (const ast::PolicyEntry& policy : stage.policies)
    if (const ir::PolicyInfo* info = ir::find_policy(snapshot_.text(policy.name.symbol)))
      add(policy.name.span, {EntityKind::Policy, nullptr, 0, {}, info->word});
  bindings(stage);
  if (stage.label.symbol.valid()) label(stage.label);
}

void NameWalk::forms(const ast::Stage& stage) {
  const ast::Name* item = stage.each != nullptr     ? &stage.each->item
                          : stage.repeat != nullptr ? &stage.repeat->item
                                                    : nullptr;
  if (item != nullptr && item->symbol.valid() && stage.id.index < program_.stages.size())
    key(item->span, program_.stage(stage.id).item, Role::Declares);
  if (stage.match != nullptr)
    for (const ast::MatchForm::Arm& arm : stage.match->arms)
      for (const ast::Pattern& each : arm.patterns) pattern(each);
  ast::for_each_block(stage, [&](const ast::Block& inner) {
    stage.each != nullptr ? scope(inner) : block(&inner);
  });
}

void NameWalk::bindings(const ast::Stage& stage) {
  const sema::CallInfo* info = stage.expr == nullptr ? nullptr : call_info(*stage.expr);
  const ast::Decl* callee = info == nullptr ? nullptr : decl_of(info->callee);
  for (const ast::Binding& binding : stage.bindings) {
    if (callee != nullptr && binding.port.symbol.valid()) {
      std::span<const ast::Port> outputs = outputs_of(*callee);
      for (size_t i = 0; i < outputs.size(); ++i)
        if (outputs[i].name.symbol == binding.port.symbol)
          add(binding.port.span, {EntityKind::Output, callee, static_cast<uint32_t>(i)});
    }
    sema::KeyId id = key_named(binding.key.symbol);
    if (stage.id.index < program_.stages.size())
      for (const sema::StageWrite& write : program_.stage(stage.id).writes)
        if (program_.key(write.key).name == binding.key.symbol &&
            program_.key(write.key).kind != sema::KeyKind::Output)
          id = write.key;
    bool first = id.valid() && program_.key(id).span == binding.key.span;
    key(binding.key.span, id, first ? Role::Declares : Role::Writes);
  }
}

void NameWalk::pattern(const ast::Pattern& pattern) {
  if (pattern.kind != ast::PatternKind::Variant) return;
  if (pattern.is_call) {
    callee(pattern.type.span, pattern.type.symbol, nullptr);
  } else {
    if (pattern.module.valid())
      without_module({pattern.span.file, pattern.span.begin, pattern.type.span.end});
    plain_type(pattern.type.span, pattern.module, pattern.type.symbol);
  }
  auto found = program_.variants.find(&pattern);
  if (found != program_.variants.end() && pattern.binding.symbol.valid())
    key(pattern.binding.span, found->second.binding, Role::Declares);
}

}  // namespace pflow::query
