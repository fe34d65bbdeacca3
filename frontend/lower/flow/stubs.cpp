#include "frontend/lower/flow/stubs.h"

#include <fmt/format.h>

#include <algorithm>

#include "frontend/lower/expr/convert.h"
#include "frontend/lower/expr/expr_lowering.h"
#include "frontend/lower/flow/call_and_go_on.h"
#include "frontend/lower/flow/stub_outputs.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::ValueId;

namespace {

/// One stub, as it stands for calls with these type arguments.
class StubFlow {
 public:
  StubFlow(ModuleContext& module, const sema::Stub& stub, const std::vector<CapturedKey>& captured,
           const sema::CallInfo& call)
      : module_(module),
        stub_(stub),
        captured_(captured),
        call_(call),
        target_(module.program().callable(call.callee)),
        builder_(module.types(), ir::FunctionKind::Flow,
                 module.fresh_name(fmt::format("stub.{}", module.text(target_.name))),
                 stub.at->span),
        expressions_(module, builder_, builder_.function().name, kExprRules) {}

  ir::FunctionId run() {
    add_params();
    builder_.enter(builder_.block("entry"));
    StubOutputs outputs(expressions_, target_, call_, params_);
    std::vector<ValueId> results;
    if (!stub_.replacement.valid())
      results = outputs.of_value(lambda_value());
    else
      results = run_replacement(outputs);
    for (size_t i = 0; i < target_.outputs.size(); ++i) {
      builder_.function().results.push_back(module_.output_type(call_, i));
      builder_.function().result_names.emplace_back();
    }
    builder_.add(Opcode::Return, std::move(results));
    return module_.add(builder_.take());
  }

 private:
  void add_params() {
    params_.resize(target_.ports.size());
    for (size_t i = 0; i < target_.ports.size(); ++i)
      if (!target_.ports[i].is_type)
        params_[i] =
            builder_.param(module_.text(target_.ports[i].name), module_.port_type(call_, i));
    attempt_ = builder_.param("attempt", module_.types().int_);
  }

  ValueId load_cell(int64_t cell, TypeId type) {
    ir::Op& op = builder_.add(Opcode::CellLoad, {}, type);
    op.integer = cell;
    return op.result;
  }

  /// What stands at a port; for another type than its own, a command, address or query is text.
  ValueId port(size_t index, TypeId to) {
    const ValueId value = builder_.load(params_[index]);
    const TypeId from = builder_.type(value);
    if (from == to || !module_.types().has(from, tables::Bound)) return value;
    return builder_.make(Opcode::TemplateText, {value}, module_.types().str);
  }

  ValueId lambda_value() {
    const auto& lambda = ast::as<ast::LambdaExpr>(*stub_.at->value);
    for (const CapturedKey& captured : captured_) {
      const TypeId type = module_.program().key(captured.key).type;
      builder_.store(expressions_.keys.slot(captured.key), load_cell(captured.cell, type));
      if (captured.flag >= 0)
        builder_.store(expressions_.keys.set_flag(captured.key),
                       load_cell(captured.flag, module_.types().bool_));
    }
    const std::vector<sema::KeyId>& keys = module_.program().functions.at(lambda.id).params;
    for (size_t i = 0; i < keys.size(); ++i) {
      const TypeId type = module_.program().key(keys[i]).type;
      expressions_.keys.store(keys[i], stub_.ports[i] == sema::Stub::kAttempt
                                           ? builder_.load(attempt_)
                                           : port(static_cast<size_t>(stub_.ports[i]), type));
    }
    return expressions_.lower(*lambda.body);
  }

  std::vector<ValueId> replacement_arguments(const sema::Callable& other) {
    std::vector<ValueId> values;
    for (const sema::PortInfo& to : other.ports) {
      auto from = std::ranges::find(target_.ports, to.name, &sema::PortInfo::name);
      ValueId value;
      if (from != target_.ports.end())
        value = port(static_cast<size_t>(from - target_.ports.begin()), to.type);
      else if (module_.text(to.name) == "attempt")
        value = builder_.load(attempt_);
      else
        value = expressions_.lower_as(*to.default_value, to.type);
      if (to.takes_any) value = as_text(builder_, module_.types(), value);
      value = expressions_.convert(value, to.type);
      // An invoke borrows from slots alone.
      const SlotId kept = builder_.slot(module_.text(to.name), to.type);
      builder_.store(kept, value);
      values.push_back(builder_.load(kept));
    }
    return values;
  }

  std::vector<ValueId> run_replacement(StubOutputs& outputs) {
    const sema::Callable& other = module_.program().callable(stub_.replacement);
    sema::CallInfo call;
    call.callee = stub_.replacement;
    std::vector<ValueId> values = replacement_arguments(other);
    builder_.set_span(stub_.at->value->span);
    std::vector<SlotId> slots;
    for (const sema::PortInfo& output : other.outputs)
      slots.push_back(builder_.slot("given", output.type));
    call_and_go_on(module_, builder_, call, std::move(values), slots, stub_.at->value->span);
    if (other.outputs.size() == 1) return outputs.of_value(builder_.load(slots[0]));
    std::vector<ValueId> results;
    for (size_t i = 0; i < target_.outputs.size(); ++i) {
      auto from = std::ranges::find(other.outputs, target_.outputs[i].name, &sema::PortInfo::name);
      results.push_back(outputs.as_output(
          i, builder_.load(slots[static_cast<size_t>(from - other.outputs.begin())])));
    }
    return results;
  }

  ModuleContext& module_;
  const sema::Stub& stub_;
  const std::vector<CapturedKey>& captured_;
  const sema::CallInfo& call_;
  const sema::Callable& target_;
  ir::Builder builder_;
  ExprContext expressions_;
  std::vector<SlotId> params_;  ///< by port; none for one that takes a type
  SlotId attempt_;
};

/// All stubs of one node or flow: runs the one in force.
class StubsFlow {
 public:
  StubsFlow(ModuleContext& module, const sema::CallInfo& call)
      : module_(module),
        call_(call),
        target_(module.program().callable(call.callee)),
        watch_(*module.watched().find(call.callee)),
        builder_(module.types(), ir::FunctionKind::Flow,
                 module.fresh_name(fmt::format("stubs.{}", module.text(target_.name))),
                 target_.decl->span) {}

  ir::FunctionId run() {
    add_ports();
    builder_.enter(builder_.block("entry"));
    const BlockId done = builder_.block("done");
    for (size_t stub : watch_.stubs) {
      if (stub == watch_.stubs.back()) {
        run_stub(stub, done);
        break;
      }
      const BlockId here = builder_.block("in_force");
      const BlockId next = builder_.block("next");
      builder_.branch(is_in_force(stub), here, next);
      builder_.enter(here);
      run_stub(stub, done);
      builder_.enter(next);
    }
    builder_.enter(done);
    std::vector<ValueId> results;
    for (SlotId output : outputs_) results.push_back(builder_.load(output));
    builder_.add(Opcode::Return, std::move(results));
    return module_.add(builder_.take());
  }

 private:
  void add_ports() {
    for (size_t i = 0; i < target_.ports.size(); ++i)
      if (!target_.ports[i].is_type)
        params_.push_back(
            builder_.param(module_.text(target_.ports[i].name), module_.port_type(call_, i)));
    params_.push_back(builder_.param("attempt", module_.types().int_));
    for (size_t i = 0; i < target_.outputs.size(); ++i) {
      outputs_.push_back(builder_.slot("output", module_.output_type(call_, i)));
      builder_.function().results.push_back(module_.output_type(call_, i));
      builder_.function().result_names.emplace_back();
    }
  }

  ValueId is_in_force(size_t stub) {
    ir::Op& load = builder_.add(Opcode::CellLoad, {}, module_.types().int_);
    load.integer = watch_.stub_cell;
    const ValueId in_force = load.result;
    const ValueId number = builder_.const_int(static_cast<int64_t>(stub) + 1);
    return builder_.make(Opcode::Eq, {in_force, number}, module_.types().bool_);
  }

  void run_stub(size_t stub, BlockId done) {
    std::vector<ValueId> values;
    for (SlotId param : params_) values.push_back(builder_.load(param));
    const ir::FunctionId flow =
        StubFlow(module_, module_.program().stubs[stub], module_.watched().captured(stub), call_)
            .run();
    ir::Op& op = builder_.add(Opcode::Invoke, std::move(values));
    op.callee = {flow, {}};
    op.slots = outputs_;
    op.target = done;
  }

  ModuleContext& module_;
  const sema::CallInfo& call_;
  const sema::Callable& target_;
  const Watch& watch_;
  ir::Builder builder_;
  std::vector<SlotId> params_;
  std::vector<SlotId> outputs_;
};

}  // namespace

void lower_stub(FlowContext& f, const ast::StubStatement& statement) {
  auto found = std::ranges::find(f.program.stubs, &statement, &sema::Stub::at);
  const auto number = static_cast<size_t>(found - f.program.stubs.begin());
  const Watched& watched = f.module.watched();
  auto store = [&](int64_t cell, ValueId value) {
    f.builder.add(Opcode::CellStore, {value}).integer = cell;
  };
  for (const CapturedKey& captured : watched.captured(number)) {
    store(captured.cell, f.builder.load(f.exprs.keys.slot(captured.key)));
    if (captured.flag >= 0)
      store(captured.flag, f.builder.load(f.exprs.keys.set_flag(captured.key)));
  }
  store(watched.find(found->target)->stub_cell,
        f.builder.const_int(static_cast<int64_t>(number) + 1));
}

ir::FunctionId lower_stub_flow(ModuleContext& module, const sema::CallInfo& call) {
  return StubsFlow(module, call).run();
}

}  // namespace pflow::lowering
