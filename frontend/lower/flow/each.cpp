// `each`: its body is a flow that takes the item, then what it reads of the outside.
#include <algorithm>

#include "frontend/lower/expr/convert.h"
#include "frontend/lower/flow/flow_lowering.h"

namespace pflow {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::TypeKind;
using ir::ValueId;

FlowLowering::Held FlowLowering::each_stage(const ast::Stage& stage, const sema::StageInfo& info,
                                            Held piped) {
  KeyUses uses(program_);
  uses.add_work(stage);
  if (has_policies(info, Governs::Item) || fallback_of(info) != nullptr) uses.add_policies(stage);
  const bool takes_results =
      info.value_used || std::ranges::any_of(info.writes, [](const sema::StageWrite& write) {
        return write.port == 0;
      });
  const TypeId result =
      takes_results && has_value(info.value) ? types_.get(info.value).element : TypeId();
  std::vector<ValueId> operands{load(piped)};
  const std::vector<CarriedKey> in = keys_in(module_, uses, false, {});
  for (ValueId value : carried_values(in)) operands.push_back(value);
  const ir::FunctionId flow = each_flow(stage, info, in, uses, result);
  const Policies policies = lower_policies(stage, info, Governs::Whole);
  builder_.set_span(stage.span);
  return info.over_stream ? stream_each(stage, info, flow, std::move(operands), policies)
                          : list_each(stage, info, flow, std::move(operands), policies);
}

ir::FunctionId FlowLowering::each_flow(const ast::Stage& stage, const sema::StageInfo& info,
                                       const std::vector<CarriedKey>& in, const KeyUses& uses,
                                       TypeId result) {
  FlowPart item = part(stage_name(stage), stage.span);
  item.params.push_back({info.item});
  item.params.insert(item.params.end(), in.begin(), in.end());
  item.value = result;
  // Whoever drives a stream pulls values: that an item has ended is one.
  if (info.over_stream && !result.valid()) {
    item.marks_end = true;
    item.value = types_.bool_;
  }
  auto lower_body = [&](FlowLowering& lowering) {
    return lowering.lower_statements(*stage.each->body);
  };
  const bool guarded = has_policies(info, Governs::Item) || fallback_of(info) != nullptr;
  if (!guarded) {
    item.assigned = assigned_in(uses, info.item);
    return outline(std::move(item), false, lower_body);
  }
  FlowPart body = item;
  body.name += ".item";
  body.assigned = assigned_in(uses, info.item);
  // With a fallback of `none` the body's own value is never that.
  if (info.optional_items && result.valid()) body.value = types_.get(result).element;
  const ir::FunctionId inner = outline(std::move(body), false, lower_body);
  const std::vector<CarriedKey> params = item.params;
  return outline(std::move(item), false, [&](FlowLowering& lowering) {
    return lowering.guarded_item(stage, info, params, inner);
  });
}

/// The item itself is written by nobody but `each`.
std::vector<sema::KeyId> FlowLowering::assigned_in(const KeyUses& uses, sema::KeyId item) {
  std::vector<sema::KeyId> assigned;
  for (sema::KeyId key : uses.writes())
    if (key != item) assigned.push_back(key);
  return assigned;
}

/// One item under its policies: an invoke of the body, its fallback.
FlowLowering::Held FlowLowering::guarded_item(const ast::Stage& stage, const sema::StageInfo& info,
                                              const std::vector<CarriedKey>& params,
                                              ir::FunctionId inner) {
  auto attempt = [&] {
    std::vector<ValueId> values = carried_values(params);
    const Policies policies = lower_policies(stage, info, Governs::Item);
    std::vector<SlotId> slots;
    for (TypeId type : module_.function(inner).results)
      slots.push_back(builder_.slot("value", type));
    builder_.set_span(stage.span);
    const BlockId after = builder_.block("after_item");
    const ir::SiteId site =
        module_.site(part_.flow, label_of(stage), stage_name(stage), stage.span);
    ir::Op& op = add_governed(Opcode::Invoke, std::move(values), policies);
    op.callee.function = inner;
    op.slots = slots;
    op.site = site;
    op.target = after;
    builder_.enter(after);
    return slots.empty() ? Held{} : Held{{}, slots.front()};
  };
  if (fallback_of(info) == nullptr) return attempt();
  return falls_back("item", info, part_.value, attempt, [](Held) {});
}

FlowLowering::Held FlowLowering::list_each(const ast::Stage& stage, const sema::StageInfo& info,
                                           ir::FunctionId flow, std::vector<ValueId> operands,
                                           const Policies& policies) {
  const std::string name = stage_name(stage);
  const auto& results = module_.function(flow).results;
  const std::vector<Output> outputs{
      {name + ".results", types_.list(results.empty() ? types_.bool_ : results.front())},
      {name + ".skipped", types_.int_},
      {name + ".errors", types_.list(types_.item_error_record)}};
  const std::vector<SlotId> slots = output_slots(info, outputs, results.empty() ? -1 : 0);
  const BlockId after = builder_.block("after_" + name);
  const ir::SiteId site = module_.site(part_.flow, label_of(stage), name, stage.span);
  ir::Op& op = add_governed(Opcode::Each, std::move(operands), policies);
  op.callee.function = flow;
  op.slots = slots;
  op.skips = info.skips_items;
  op.site = site;
  op.target = after;
  builder_.enter(after);
  write_keys(info, outputs, slots);
  return results.empty() ? Held{} : Held{{}, slots.front()};
}

FlowLowering::Held FlowLowering::stream_each(const ast::Stage& stage, const sema::StageInfo& info,
                                             ir::FunctionId flow, std::vector<ValueId> operands,
                                             const Policies& policies) {
  const ir::SiteId site = module_.site(part_.flow, label_of(stage), stage_name(stage), stage.span);
  const auto& results = module_.function(flow).results;
  const TypeId type = types_.stream(results.front());
  ir::Op& op = add_governed(Opcode::StreamEach, std::move(operands), policies, type);
  op.callee.function = flow;
  op.skips = info.skips_items;
  op.site = site;
  const ValueId stream = op.result;
  if (module_.function(flow).results.front() == types_.bool_ && !info.value_used &&
      info.writes.empty()) {
    drain(stage, stream);
    return {};
  }
  for (const sema::StageWrite& write : info.writes)
    if (write.port == 0) expressions_.store(write.key, stream);
  return {stream, {}};
}

/// Pulls all items, for what happens on the way.
void FlowLowering::drain(const ast::Stage& stage, ValueId stream) {
  const std::string name = stage_name(stage);
  const SlotId source = builder_.slot(name + ".stream", builder_.type(stream));
  builder_.store(source, stream);
  const BlockId head = builder_.block(name);
  const BlockId done = builder_.block("after_" + name);
  builder_.jump(head);
  builder_.enter(head);
  ir::Op& next = builder_.add(Opcode::StreamNext, {});
  next.slot = source;
  next.slots = {builder_.slot(name + ".item", types_.get(builder_.type(source)).element)};
  next.target = head;
  next.target_false = done;
  builder_.enter(done);
}

}  // namespace pflow
