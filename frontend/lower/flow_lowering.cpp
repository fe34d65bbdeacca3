#include "frontend/lower/flow_lowering.h"

#include "frontend/lower/convert.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::ValueId;

ir::Function lower_flow(ModuleLowering& module, const sema::Body& body) {
  return FlowLowering(module, body).run();
}

FlowLowering::FlowLowering(ModuleLowering& module, const sema::Body& body)
    : module_(module),
      program_(module.program()),
      body_(body),
      flow_(ast::as<ast::FlowDecl>(*module.program().callable(body.callable).decl)),
      types_(module.types()),
      builder_(module.types(), ir::FunctionKind::Flow, std::string(module.text(flow_.name.symbol)),
               flow_.span),
      expressions_(module, builder_, builder_.function().name) {}

ir::Function FlowLowering::run() {
  builder_.function().results = body_.results;
  expressions_.add_params(program_.callable(body_.callable));
  const BlockId entry = builder_.current();
  const BlockId start = builder_.block("start");
  builder_.enter(start);
  Held value = lower_statements(*flow_.body);
  if (builder_.open()) end_flow(value);
  lower_pending();
  builder_.enter(entry);
  start_slots_at_zero();
  builder_.jump(start);
  return builder_.take();
}

void FlowLowering::start_slots_at_zero() {
  builder_.set_span(flow_.span);
  for (const ir::SlotId counter : zeroed_) builder_.store(counter, builder_.const_int(0));
  for (const sema::KeyId key : body_.keys)
    if (program_.key(key).tested_unset && program_.key(key).kind != sema::KeyKind::Param)
      builder_.store(expressions_.set_flag(key), builder_.const_bool(false));
}

void FlowLowering::lower_pending() {
  for (size_t i = 0; i < pending_.size(); ++i) {
    const Pending next = pending_[i];
    builder_.enter(next.block);
    builder_.set_span(next.statement->span);
    if (next.takes_error) {
      ValueId error = builder_.make(Opcode::ErrorTake, {}, program_.error_type, "error");
      if (next.error_key.valid()) expressions_.store(next.error_key, error);
    }
    Held value = lower_chain(next.statement->chain);
    if (builder_.open()) end_flow(value);
  }
}

FlowLowering::Held FlowLowering::lower_statements(const ast::Block& block) {
  Held last;
  for (const ast::Statement* statement : block.statements) {
    if (statement->kind == ast::StatementKind::Transition) continue;
    // Behind a jump or an end: only what a jump reaches runs, and that has its own block.
    if (!builder_.open()) builder_.enter(builder_.block("unreachable"));
    builder_.set_span(statement->span);
    last = lower_statement(*statement);
  }
  return last;
}

FlowLowering::Held FlowLowering::lower_statement(const ast::Statement& statement) {
  switch (statement.kind) {
    case ast::StatementKind::Let: {
      const ast::LetBinding& let = ast::as<ast::LetStatement>(statement).let;
      const sema::KeyId key = program_.lets.at(&let);
      expressions_.store(key, expressions_.lower_as(*let.value, program_.key(key).type));
      return {};
    }
    case ast::StatementKind::Assign: {
      const auto& assign = ast::as<ast::AssignStatement>(statement);
      const sema::KeyId key = program_.assigns.at(&assign);
      expressions_.store(key, expressions_.lower_as(*assign.value, program_.key(key).type));
      return {};
    }
    case ast::StatementKind::Return: {
      const ast::Expr* value = ast::as<ast::ReturnStatement>(statement).value;
      if (value == nullptr || body_.results.size() != 1) {
        end_flow({});
      } else {
        return_value(expressions_.lower_as(*value, body_.results.front()));
      }
      return {};
    }
    case ast::StatementKind::Chain:
      return lower_chain(ast::as<ast::ChainStatement>(statement).chain);
    case ast::StatementKind::Transition:
    case ast::StatementKind::OnError:
    case ast::StatementKind::Assert: return {};
  }
  return {};
}

FlowLowering::Held FlowLowering::lower_chain(const ast::Chain& chain) {
  Held piped;
  for (const ast::Stage* stage : chain.stages) {
    if (!builder_.open()) builder_.enter(builder_.block("unreachable"));
    piped = lower_stage(*stage, piped);
  }
  return piped;
}

ValueId FlowLowering::load(Held held) {
  return held.slot.valid() ? builder_.load(held.slot) : held.value;
}

void FlowLowering::return_value(ValueId value) { builder_.add(Opcode::Return, {value}); }

void FlowLowering::end_flow(Held value) {
  std::vector<ValueId> results;
  for (size_t i = 0; i < body_.results.size(); ++i) {
    ValueId result;
    if (i < body_.result_keys.size())
      result = builder_.load(expressions_.slot(body_.result_keys[i]));
    else if (value.valid())
      result = load(value);
    results.push_back(convert(builder_, types_, result, body_.results[i]));
  }
  builder_.add(Opcode::Return, std::move(results));
}

}  // namespace pflow
