#include "frontend/lower/flow/failures.h"

#include <algorithm>

#include "frontend/lower/expr/arguments.h"
#include "frontend/lower/expr/convert.h"
#include "frontend/lower/flow/outputs.h"
#include "frontend/lower/flow/policies.h"
#include "frontend/lower/flow/stage_names.h"
#include "frontend/lower/module/sites.h"
#include "frontend/lower/module/wrap_node.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::ValueId;

SlotId handle_failure(FlowContext& f, sema::KeyId key, const std::function<void()>& body) {
  ValueId error = f.builder.make(Opcode::ErrorTake, {}, f.types.error_record, "error");
  if (key.valid()) f.exprs.keys.store(key, error);
  const SlotId taken = f.builder.slot("handled", f.types.error_record);
  f.builder.store(taken, error);
  const BlockId outer = f.builder.unwind();
  const BlockId again = f.builder.block("failed_again");
  f.builder.set_unwind(again);
  const BlockId begin = f.builder.block("handling");
  f.builder.jump(begin);
  f.builder.enter(begin);
  body();
  f.builder.set_unwind(outer);
  BlockId rest;
  if (f.builder.open()) {
    rest = f.builder.block("handled");
    f.builder.jump(rest);
  }
  f.builder.enter(again);
  ValueId second = f.builder.make(Opcode::ErrorTake, {}, f.types.error_record, "error");
  f.builder.add(Opcode::ErrorAgain, {second, f.builder.load(taken)});
  if (rest.valid()) f.builder.enter(rest);
  return taken;
}

void lower_on_error(FlowContext& f, const ast::OnErrorStatement& handler, BlockId block) {
  f.base_unwind = {};
  f.builder.set_unwind({});
  f.builder.enter(block);
  f.builder.set_span(handler.head);
  auto key = f.program.on_errors.find(&handler);
  const SlotId taken =
      handle_failure(f, key != f.program.on_errors.end() ? key->second : sema::KeyId(),
                     [&] { f.lower(*handler.body); });
  if (!f.builder.open()) return;
  f.builder.set_span(handler.head);
  f.builder.add(Opcode::ErrorAgain, {f.builder.load(taken)});
}

namespace {

/// The writes of outputs beside the value, of a stage that calls `from`, as those of one that
/// calls `to`, which has outputs of the same names.
sema::StageInfo other_writes(const sema::StageInfo& info, const sema::Callable& from,
                             const sema::Callable& to) {
  sema::StageInfo other;
  for (const sema::StageWrite& write : info.writes) {
    if (write.port == from.out_port) continue;
    const Symbol name = from.outputs[static_cast<size_t>(write.port)].name;
    const auto same = std::ranges::find(to.outputs, name, &sema::PortInfo::name);
    other.writes.push_back({static_cast<int>(same - to.outputs.begin()), write.key});
  }
  return other;
}

Held lower_fallback(FlowContext& f, const ast::Expr& fallback, const sema::StageInfo& info,
                    const sema::Callable* failing, ir::TypeId type) {
  const sema::CallInfo* call = called(f, &fallback);
  if (call == nullptr || !invokes(f.program.callable(call->callee)))
    return {f.has_value(type) ? f.exprs.lower_as(fallback, type) : f.exprs.lower(fallback), {}};
  std::vector<ValueId> values = arguments(f.exprs, *call);
  const std::vector<Output> outputs = outputs_of(f, *call);
  const sema::Callable& callable = f.program.callable(call->callee);
  const sema::StageInfo others =
      failing != nullptr ? other_writes(info, *failing, callable) : sema::StageInfo();
  const std::vector<SlotId> slots = output_slots(f, others, outputs, callable.out_port);
  const BlockId after = f.builder.block("after_fallback");
  f.builder.set_span(fallback.span);
  const ir::SiteId site = add_site(f.module, f.part.flow, {}, *call, fallback.span);
  ir::Op& op = f.builder.add(Opcode::Invoke, std::move(values));
  op.callee = callee_at(f.module, *call, site, fallback.span);
  op.slots = slots;
  op.site = site;
  op.target = after;
  f.builder.enter(after);
  write_keys(f, others, outputs, slots);
  if (callable.out_port < 0) return {};
  return {{}, slots[static_cast<size_t>(callable.out_port)]};
}

}  // namespace

Held falls_back(FlowContext& f, const std::string& name, const sema::StageInfo& info,
                const sema::Callable* callable, ir::TypeId type,
                const std::function<Held()>& attempt,
                const std::function<void(const Held&)>& instead) {
  const SlotId into = f.has_value(type) ? f.builder.slot(name + ".result", type) : SlotId();
  const BlockId outer = f.builder.unwind();
  const BlockId failed = f.builder.block(name + "_fallback");
  const BlockId done = f.builder.block(name + "_result");
  f.builder.set_unwind(failed);
  const BlockId first = f.builder.block(name + "_attempt");
  f.builder.jump(first);
  f.builder.enter(first);
  auto keep = [&](const Held& value) {
    if (into.valid())
      f.builder.store(into,
                      convert(f.builder, f.types, value.valid() ? f.load(value) : ValueId(), type));
    f.builder.jump(done);
  };
  const Held value = attempt();
  if (f.builder.open()) keep(value);
  f.builder.set_unwind(outer);
  f.builder.enter(failed);
  handle_failure(f, info.fallback_error, [&] {
    const Held other = lower_fallback(f, *fallback_of(info), info, callable, type);
    if (!f.builder.open()) return;
    instead(other);
    keep(other);
  });
  f.builder.enter(done);
  return into.valid() ? Held{{}, into} : Held{};
}

}  // namespace pflow::lowering
