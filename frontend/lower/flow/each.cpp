#include "frontend/lower/flow/each.h"

#include <algorithm>

#include "frontend/lower/flow/failures.h"
#include "frontend/lower/flow/outline.h"
#include "frontend/lower/flow/outputs.h"
#include "frontend/lower/flow/policies.h"
#include "frontend/lower/flow/stage_names.h"
#include "frontend/lower/module/sites.h"

namespace pflow::lowering {

using ir::BlockId;
using ir::Opcode;
using ir::SlotId;
using ir::TypeId;
using ir::ValueId;

namespace {

/// The item itself is written by nobody but `each`.
std::vector<sema::KeyId> assigned_in(const KeyUses& uses, sema::KeyId item) {
  std::vector<sema::KeyId> assigned;
  for (sema::KeyId key : uses.writes())
    if (key != item) assigned.push_back(key);
  return assigned;
}

/// One item under its policies: an invoke of the body, its fallback.
Held guarded_item(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                  const std::vector<CarriedKey>& params, ir::FunctionId inner) {
  auto attempt = [&] {
    std::vector<ValueId> values = carried_values(f, params);
    const Policies policies = lower_policies(f, stage, info, Governs::Item);
    std::vector<SlotId> slots;
    for (TypeId type : f.module.function(inner).results)
      slots.push_back(f.builder.slot("value", type));
    invoke_part(f, stage, inner, std::move(values), policies, slots, "after_item");
    return slots.empty() ? Held{} : Held{{}, slots.front()};
  };
  if (fallback_of(info) == nullptr) return attempt();
  return falls_back(f, "item", info, nullptr, f.part.value, attempt, [](const Held&) {});
}

/// Whether it is known before anything runs.
bool is_batch(const sema::StageInfo& info) {
  return std::ranges::any_of(info.policies, [](const sema::StagePolicy& policy) {
    return policy.kind == ir::Policy::Batch && policy.value->kind == ast::ExprKind::Bool &&
           ast::as<ast::BoolExpr>(*policy.value).value;
  });
}

ir::FunctionId each_flow(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                         const std::vector<CarriedKey>& in, const KeyUses& uses, TypeId result) {
  FlowPart item = inner_part(f, stage_name(f, stage), stage.span);
  item.params.push_back({info.item});
  item.params.insert(item.params.end(), in.begin(), in.end());
  item.value = result;
  item.batched = item.batched || is_batch(info);
  // Whoever drives a stream pulls values: that an item has ended is one.
  if (info.over_stream && !result.valid()) {
    item.marks_end = true;
    item.value = f.types.bool_;
  }
  auto lower_body = [&](FlowContext& lowering) { return lowering.lower(*stage.each->body); };
  const bool guarded = has_policies(info, Governs::Item) || fallback_of(info) != nullptr;
  if (!guarded) {
    item.assigned = assigned_in(uses, info.item);
    return outline(f, std::move(item), false, lower_body);
  }
  FlowPart body = item;
  body.name += ".item";
  body.assigned = assigned_in(uses, info.item);
  // With a fallback of `none` the body's own value is never that.
  if (info.optional_items && result.valid()) body.value = f.types.get(result).element;
  const ir::FunctionId inner = outline(f, std::move(body), false, lower_body);
  const std::vector<CarriedKey> params = item.params;
  return outline(f, std::move(item), false, [&](FlowContext& lowering) {
    return guarded_item(lowering, stage, info, params, inner);
  });
}

Held list_each(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
               ir::FunctionId flow, std::vector<ValueId> operands, const Policies& policies) {
  const std::string name = stage_name(f, stage);
  const auto& results = f.module.function(flow).results;
  const std::vector<Output> outputs{
      {name + ".results", f.types.list(results.empty() ? f.types.bool_ : results.front())},
      {name + ".skipped", f.types.int_},
      {name + ".errors", f.types.list(f.types.item_error_record)}};
  const std::vector<SlotId> slots = output_slots(f, info, outputs, results.empty() ? -1 : 0);
  const BlockId after = f.builder.block("after_" + name);
  const ir::SiteId site = add_site(f.module, f.part.flow, label_of(f, stage), name, stage.span);
  ir::Op& op = add_governed(f, Opcode::Each, std::move(operands), policies);
  op.callee.function = flow;
  op.slots = slots;
  op.skips = info.skips_items;
  op.site = site;
  op.target = after;
  f.builder.enter(after);
  write_keys(f, info, outputs, slots);
  return results.empty() ? Held{} : Held{{}, slots.front()};
}

/// Pulls all items, for what happens on the way.
void drain(FlowContext& f, const ast::Stage& stage, ValueId stream) {
  const std::string name = stage_name(f, stage);
  const SlotId source = f.builder.slot(name + ".stream", f.builder.type(stream));
  f.builder.store(source, stream);
  const BlockId head = f.builder.block(name);
  const BlockId done = f.builder.block("after_" + name);
  f.builder.jump(head);
  f.builder.enter(head);
  ir::Op& next = f.builder.add(Opcode::StreamNext, {});
  next.slot = source;
  next.slots = {f.builder.slot(name + ".item", f.types.get(f.builder.type(source)).element)};
  next.target = head;
  next.target_false = done;
  f.builder.enter(done);
}

Held stream_each(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                 ir::FunctionId flow, std::vector<ValueId> operands, const Policies& policies) {
  const ir::SiteId site =
      add_site(f.module, f.part.flow, label_of(f, stage), stage_name(f, stage), stage.span);
  const auto& results = f.module.function(flow).results;
  const TypeId type = f.types.stream(results.front());
  ir::Op& op = add_governed(f, Opcode::StreamEach, std::move(operands), policies, type);
  op.callee.function = flow;
  op.skips = info.skips_items;
  op.site = site;
  const ValueId stream = op.result;
  if (f.module.function(flow).results.front() == f.types.bool_ && !info.value_used &&
      info.writes.empty()) {
    drain(f, stage, stream);
    return {};
  }
  for (const sema::StageWrite& write : info.writes)
    if (write.port == 0) f.exprs.keys.store(write.key, stream);
  return {stream, {}};
}

}  // namespace

Held each_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                const Held& piped) {
  KeyUses uses(f.program);
  uses.add_work(stage);
  if (has_policies(info, Governs::Item) || fallback_of(info) != nullptr) uses.add_policies(stage);
  const bool takes_results =
      info.value_used || std::ranges::any_of(info.writes, [](const sema::StageWrite& write) {
        return write.port == 0;
      });
  const TypeId result =
      takes_results && f.has_value(info.value) ? f.types.get(info.value).element : TypeId();
  std::vector<ValueId> operands{f.load(piped)};
  const std::vector<CarriedKey> in = keys_in(f.module, uses, false, {});
  for (ValueId value : carried_values(f, in)) operands.push_back(value);
  const ir::FunctionId flow = each_flow(f, stage, info, in, uses, result);
  const Policies policies = lower_policies(f, stage, info, Governs::Whole);
  f.builder.set_span(stage.span);
  return info.over_stream ? stream_each(f, stage, info, flow, std::move(operands), policies)
                          : list_each(f, stage, info, flow, std::move(operands), policies);
}

}  // namespace pflow::lowering
