#include "frontend/lower/flow/flow_lowering.h"

#include <utility>

#include "frontend/lower/expr/convert.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::ValueId;

namespace {

const ast::OnErrorStatement* find_on_error(const ast::Block& body) {
  for (const ast::Statement* statement : body.statements)
    if (statement->kind == ast::StatementKind::OnError)
      return &ast::as<ast::OnErrorStatement>(*statement);
  return nullptr;
}

}  // namespace

ir::Function lower_flow(ModuleLowering& module, const sema::Body& body) {
  const auto& flow = ast::as<ast::FlowDecl>(*module.program().callable(body.callable).decl);
  return FlowLowering(module, FlowPart::of(module, body)).run_flow(*flow.body);
}

FlowLowering::FlowLowering(ModuleLowering& module, FlowPart part)
    : module_(module),
      program_(module.program()),
      part_(std::move(part)),
      types_(module.types()),
      builder_(module.types(), ir::FunctionKind::Flow, module.fresh_name(part_.name), part_.span),
      expressions_(module, builder_, part_.flow) {}

ir::Function FlowLowering::run_flow(const ast::Block& body) {
  const ast::OnErrorStatement* handler = find_on_error(body);
  return run([&] {
    if (handler == nullptr) return lower_statements(body);
    const BlockId caught = builder_.block("on_error");
    base_unwind_ = caught;
    builder_.set_unwind(caught);
    const BlockId begin = builder_.block("begin");
    builder_.jump(begin);
    builder_.enter(begin);
    Held value = lower_statements(body);
    if (builder_.open()) end_flow(value);
    lower_pending();
    lower_on_error(*handler, caught);
    return Held{};
  });
}

ir::Function FlowLowering::run(const std::function<Held()>& body) {
  expressions_.add_params(part_);
  const BlockId entry = builder_.current();
  const BlockId start = builder_.block("start");
  builder_.enter(start);
  Held value = body();
  if (builder_.open()) end_flow(value);
  lower_pending();
  builder_.enter(entry);
  start_slots_at_zero();
  builder_.jump(start);
  for (const CarriedKey& out : part_.results)
    builder_.function().results.push_back(builder_.type(expressions_.slot(out)));
  if (!part_.result_types.empty()) builder_.function().results = part_.result_types;
  if (part_.value.valid()) builder_.function().results.push_back(part_.value);
  return builder_.take();
}

void FlowLowering::start_slots_at_zero() {
  builder_.set_span(part_.span);
  for (const ir::SlotId counter : zeroed_) builder_.store(counter, builder_.const_int(0));
  for (const ir::SlotId flag : expressions_.own_flags())
    builder_.store(flag, builder_.const_bool(false));
}

void FlowLowering::lower_pending() {
  while (!pending_.empty()) {
    const Pending next = pending_.front();
    pending_.erase(pending_.begin());
    builder_.enter(next.block);
    builder_.set_span(next.statement->span);
    auto lower = [&] {
      Held value = lower_chain(next.statement->chain);
      if (builder_.open()) end_flow(value);
    };
    if (next.takes_error)
      handle_failure(next.error_key, lower);
    else
      lower();
  }
}

FlowLowering::Held FlowLowering::lower_statements(const ast::Block& block) {
  Held last;
  for (const ast::Statement* statement : block.statements) {
    if (statement->kind == ast::StatementKind::Transition ||
        statement->kind == ast::StatementKind::OnError)
      continue;
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
    case ast::StatementKind::Return:
      return_value(ast::as<ast::ReturnStatement>(statement).value);
      return {};
    case ast::StatementKind::Chain:
      return lower_chain(ast::as<ast::ChainStatement>(statement).chain);
    case ast::StatementKind::Assert:
      lower_assert(ast::as<ast::AssertStatement>(statement));
      return {};
    case ast::StatementKind::Transition:
    case ast::StatementKind::OnError: return {};
  }
  return {};
}

FlowLowering::Held FlowLowering::lower_chain(const ast::Chain& chain) {
  Held piped;
  for (size_t i = 0; i < chain.stages.size(); ++i) {
    const ast::Stage& stage = *chain.stages[i];
    const ast::Stage* next = i + 1 < chain.stages.size() ? chain.stages[i + 1] : nullptr;
    if (is_deferred(stage, next)) {
      piped.deferred.push_back(&ast::as<ast::CallExpr>(*stage.expr));
      continue;
    }
    if (!builder_.open()) builder_.enter(builder_.block("unreachable"));
    piped = lower_stage(stage, piped);
  }
  return piped;
}

/// Whether the stage is a step of a chain of functions over a list or stream, which
/// `next` carries on: the steps become one loop.
bool FlowLowering::is_deferred(const ast::Stage& stage, const ast::Stage* next) const {
  auto plain = [&](const ast::Stage& one) {
    const sema::StageInfo& info = program_.stage(one.id);
    return one.kind == ast::StageKind::Expr && expressions_.takes_piped(*one.expr) &&
           info.policies.empty() && !info.is_jump_target && info.max_visits < 0;
  };
  if (next == nullptr || !plain(stage) || !plain(*next)) return false;
  const sema::StageInfo& info = program_.stage(stage.id);
  return expressions_.is_step(*stage.expr) && info.writes.empty() && info.transitions.empty();
}

ValueId FlowLowering::load(Held held) {
  return held.slot.valid() ? builder_.load(held.slot) : held.value;
}

void FlowLowering::return_value(const ast::Expr* value) {
  if (value == nullptr || !part_.value.valid() || part_.marks_end) return end_flow({});
  const ValueId result = expressions_.lower_as(*value, part_.value);
  end_flow({result, {}});
}

void FlowLowering::end_flow(Held value) {
  std::vector<ValueId> results;
  for (size_t i = 0; i < part_.results.size(); ++i) {
    const ValueId result = builder_.load(expressions_.slot(part_.results[i]));
    results.push_back(i < part_.result_types.size()
                          ? convert(builder_, types_, result, part_.result_types[i])
                          : result);
  }
  if (part_.marks_end)
    results.push_back(builder_.const_bool(true));
  else if (part_.value.valid())
    results.push_back(
        convert(builder_, types_, value.valid() ? load(value) : ValueId(), part_.value));
  builder_.add(Opcode::Return, std::move(results));
}

}  // namespace pflow
