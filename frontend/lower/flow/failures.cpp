// Where failures go: `on error`, fallbacks.
#include "frontend/lower/expr/convert.h"
#include "frontend/lower/flow/flow_lowering.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::ValueId;

SlotId FlowLowering::handle_failure(sema::KeyId key, const std::function<void()>& body) {
  ValueId error = builder_.make(Opcode::ErrorTake, {}, types_.error_record, "error");
  if (key.valid()) expressions_.store(key, error);
  const SlotId taken = builder_.slot("handled", types_.error_record);
  builder_.store(taken, error);
  const BlockId outer = builder_.unwind();
  const BlockId again = builder_.block("failed_again");
  builder_.set_unwind(again);
  const BlockId begin = builder_.block("handling");
  builder_.jump(begin);
  builder_.enter(begin);
  body();
  builder_.set_unwind(outer);
  BlockId rest;
  if (builder_.open()) {
    rest = builder_.block("handled");
    builder_.jump(rest);
  }
  builder_.enter(again);
  ValueId second = builder_.make(Opcode::ErrorTake, {}, types_.error_record, "error");
  builder_.add(Opcode::ErrorAgain, {second, builder_.load(taken)});
  if (rest.valid()) builder_.enter(rest);
  return taken;
}

void FlowLowering::lower_on_error(const ast::OnErrorStatement& handler, BlockId block) {
  base_unwind_ = {};
  builder_.set_unwind({});
  builder_.enter(block);
  builder_.set_span(handler.head);
  auto key = program_.on_errors.find(&handler);
  const SlotId taken = handle_failure(key != program_.on_errors.end() ? key->second : sema::KeyId(),
                                      [&] { lower_statements(*handler.body); });
  if (!builder_.open()) return;
  builder_.set_span(handler.head);
  builder_.add(Opcode::ErrorAgain, {builder_.load(taken)});
}

FlowLowering::Held FlowLowering::with_fallback(const ast::Stage& stage, const sema::StageInfo& info,
                                               Held piped) {
  if (fallback_of(info) == nullptr) return with_policies(stage, info, piped);
  const sema::CallInfo* call = called(stage.expr);
  const int port = call != nullptr ? program_.callable(call->callee).out_port : 0;
  return falls_back(
      stage_name(stage), info, info.value, [&] { return with_policies(stage, info, piped); },
      [&](Held value) {
        for (const sema::StageWrite& write : info.writes)
          if (write.port == port) expressions_.store(write.key, load(value));
      });
}

FlowLowering::Held FlowLowering::lower_fallback(const ast::Expr& fallback, ir::TypeId type) {
  const sema::CallInfo* call = called(&fallback);
  if (call == nullptr || !invokes(*call))
    return {has_value(type) ? expressions_.lower_as(fallback, type) : expressions_.lower(fallback),
            {}};
  std::vector<ValueId> values = expressions_.arguments(*call);
  const std::vector<Output> outputs = outputs_of(*call);
  const sema::Callable& callable = program_.callable(call->callee);
  const std::vector<SlotId> slots = output_slots({}, outputs, callable.out_port);
  const BlockId after = builder_.block("after_fallback");
  builder_.set_span(fallback.span);
  const ir::SiteId site = module_.site(part_.flow, {}, *call, fallback.span);
  ir::Op& op = builder_.add(Opcode::Invoke, std::move(values));
  op.callee = module_.callee(*call);
  op.slots = slots;
  op.site = site;
  op.target = after;
  builder_.enter(after);
  if (callable.out_port < 0) return {};
  return {{}, slots[static_cast<size_t>(callable.out_port)]};
}

FlowLowering::Held FlowLowering::falls_back(const std::string& name, const sema::StageInfo& info,
                                            ir::TypeId type, const std::function<Held()>& attempt,
                                            const std::function<void(Held)>& instead) {
  const SlotId into = has_value(type) ? builder_.slot(name + ".result", type) : SlotId();
  const BlockId outer = builder_.unwind();
  const BlockId failed = builder_.block(name + "_fallback");
  const BlockId done = builder_.block(name + "_result");
  builder_.set_unwind(failed);
  const BlockId first = builder_.block(name + "_attempt");
  builder_.jump(first);
  builder_.enter(first);
  auto keep = [&](Held value) {
    if (into.valid())
      builder_.store(into,
                     convert(builder_, types_, value.valid() ? load(value) : ValueId(), type));
    builder_.jump(done);
  };
  const Held value = attempt();
  if (builder_.open()) keep(value);
  builder_.set_unwind(outer);
  builder_.enter(failed);
  handle_failure(info.fallback_error, [&] {
    const Held other = lower_fallback(*fallback_of(info), type);
    if (!builder_.open()) return;
    instead(other);
    keep(other);
  });
  builder_.enter(done);
  return into.valid() ? Held{{}, into} : Held{};
}

}  // namespace pflow
