// Parts of a flow that run as flows of their own: branches of `par`, stages with
// policies.
#include <fmt/format.h>

#include <algorithm>

#include "frontend/lower/flow/flow_lowering.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::ValueId;

FlowPart FlowLowering::part(const std::string& name, Span span) const {
  FlowPart made;
  made.name = fmt::format("{}.{}", part_.name, name);
  made.flow = part_.flow;
  made.span = span;
  return made;
}

ir::FunctionId FlowLowering::outline(FlowPart part, bool gives_value,
                                     const std::function<Held(FlowLowering&)>& body) {
  FlowLowering inner(module_, std::move(part));
  return module_.add(inner.run([&] {
    const Held value = body(inner);
    if (gives_value && value.valid() && inner.builder_.open())
      inner.part_.value =
          value.slot.valid() ? inner.builder_.type(value.slot) : inner.builder_.type(value.value);
    return value;
  }));
}

std::vector<ValueId> FlowLowering::carried_values(const std::vector<CarriedKey>& in) {
  std::vector<ValueId> values;
  for (const CarriedKey& key : in) values.push_back(builder_.load(expressions_.slot(key)));
  return values;
}

std::vector<SlotId> FlowLowering::carried_slots(const std::vector<CarriedKey>& out) {
  std::vector<SlotId> slots;
  for (const CarriedKey& carried : out) {
    const SlotId own = expressions_.slot(carried);
    const std::string name = builder_.function().slots[own.index].name;
    // When somebody takes the failure, what the key held before is still there.
    const bool keeps_old = builder_.unwind().valid();
    slots.push_back(keeps_old ? builder_.slot(name + ".new", builder_.type(own)) : own);
  }
  return slots;
}

void FlowLowering::store_carried(const std::vector<CarriedKey>& out,
                                 const std::vector<SlotId>& slots) {
  for (size_t i = 0; i < out.size(); ++i)
    if (expressions_.slot(out[i]) != slots[i])
      builder_.store(expressions_.slot(out[i]), builder_.load(slots[i]));
}

FlowLowering::Held FlowLowering::with_policies(const ast::Stage& stage, const sema::StageInfo& info,
                                               Held piped) {
  if (called(stage.expr) != nullptr || !has_policies(info, Governs::Stage))
    return run_stage(stage, info, piped);
  return outlined_stage(stage, info);
}

FlowLowering::Held FlowLowering::outlined_stage(const ast::Stage& stage,
                                                const sema::StageInfo& info) {
  KeyUses uses(program_);
  uses.add_work(stage);
  FlowPart inner = part(stage_name(stage), stage.span);
  inner.params = keys_in(module_, uses, true, {});
  inner.results = keys_out(module_, uses, inner.params);
  inner.assigned = uses.writes();
  const std::vector<CarriedKey> in = inner.params;
  const std::vector<CarriedKey> out = inner.results;
  const ir::FunctionId flow = outline(std::move(inner), has_value(info.value), [&](auto& lowering) {
    return lowering.run_stage(stage, info, {});
  });
  std::vector<ValueId> values = carried_values(in);
  const Policies policies = lower_policies(stage, info, Governs::Stage);
  std::vector<SlotId> slots = carried_slots(out);
  const auto& results = module_.function(flow).results;
  SlotId value;
  if (results.size() > out.size()) {
    value = builder_.slot(stage_name(stage) + ".value", results.back());
    slots.push_back(value);
  }
  builder_.set_span(stage.span);
  const BlockId after = builder_.block("after_" + stage_name(stage));
  const ir::SiteId site = module_.site(part_.flow, label_of(stage), stage_name(stage), stage.span);
  ir::Op& op = add_governed(Opcode::Invoke, std::move(values), policies);
  op.callee.function = flow;
  op.slots = slots;
  op.site = site;
  op.target = after;
  builder_.enter(after);
  store_carried(out, slots);
  if (!value.valid()) return {};
  for (const sema::StageWrite& write : info.writes)
    expressions_.store(write.key, builder_.load(value));
  return {{}, value};
}

FlowLowering::Held FlowLowering::par_stage(const ast::Stage& stage) {
  std::vector<ir::Branch> branches;
  std::vector<ValueId> values;
  std::vector<CarriedKey> results;
  const std::string name = stage_name(stage);
  for (const ast::Statement* statement : stage.block->statements) {
    KeyUses uses(program_);
    uses.add(*statement);
    FlowPart inner = part(fmt::format("{}.{}", name, branches.size() + 1), statement->span);
    inner.params = keys_in(module_, uses, true, surely_set(program_, *statement));
    inner.results = keys_out(module_, uses, inner.params);
    inner.assigned = uses.writes();
    for (ValueId value : carried_values(inner.params)) values.push_back(value);
    // What a branch reads alone does not come out of it.
    results.insert(results.end(), inner.results.begin(), inner.results.end());
    const auto arguments = static_cast<uint32_t>(inner.params.size());
    const ir::FunctionId flow = outline(std::move(inner), false, [&](auto& lowering) {
      lowering.lower_statement(*statement);
      return Held{};
    });
    branches.push_back({flow, arguments});
  }
  const std::vector<SlotId> slots = carried_slots(results);
  builder_.set_span(stage.span);
  const BlockId after = builder_.block("after_" + name);
  ir::Op& op = builder_.add(Opcode::Par, std::move(values));
  op.branches = std::move(branches);
  op.slots = slots;
  op.target = after;
  builder_.enter(after);
  store_carried(results, slots);
  return {};
}

}  // namespace pflow
