#include "frontend/lower/flow/outline.h"

#include <fmt/format.h>

#include "frontend/lower/flow/flow_body.h"
#include "frontend/lower/flow/stage_names.h"
#include "frontend/lower/module/sites.h"

namespace pflow::lowering {

using ir::SlotId;
using ir::ValueId;

FlowPart inner_part(const FlowContext& f, const std::string& name, Span span) {
  FlowPart made;
  made.name = fmt::format("{}.{}", f.part.name, name);
  made.flow = f.part.flow;
  made.span = span;
  made.batched = f.part.batched;
  return made;
}

ir::FunctionId outline(FlowContext& f, FlowPart part, bool gives_value,
                       const std::function<Held(FlowContext&)>& body) {
  FlowContext inner(f.module, std::move(part), f.rules, f.exprs.rules);
  return f.module.add(lower_body(inner, [&] {
    const Held value = body(inner);
    if (gives_value && value.valid() && inner.builder.open())
      inner.part.value =
          value.slot.valid() ? inner.builder.type(value.slot) : inner.builder.type(value.value);
    return value;
  }));
}

std::vector<ValueId> carried_values(FlowContext& f, const std::vector<CarriedKey>& in) {
  std::vector<ValueId> values;
  for (const CarriedKey& key : in) values.push_back(f.builder.load(f.exprs.keys.slot(key)));
  return values;
}

std::vector<SlotId> carried_slots(FlowContext& f, const std::vector<CarriedKey>& out) {
  std::vector<SlotId> slots;
  for (const CarriedKey& carried : out) {
    const SlotId own = f.exprs.keys.slot(carried);
    const std::string name = f.builder.function().slots[own.index].name;
    // When somebody takes the failure, what the key held before is still there.
    const bool keeps_old = f.builder.unwind().valid();
    slots.push_back(keeps_old ? f.builder.slot(name + ".new", f.builder.type(own)) : own);
  }
  return slots;
}

void store_carried(FlowContext& f, const std::vector<CarriedKey>& out,
                   const std::vector<SlotId>& slots) {
  for (size_t i = 0; i < out.size(); ++i)
    if (f.exprs.keys.slot(out[i]) != slots[i])
      f.builder.store(f.exprs.keys.slot(out[i]), f.builder.load(slots[i]));
}

void invoke_part(FlowContext& f, const ast::Stage& stage, ir::FunctionId part,
                 std::vector<ValueId> values, const Policies& policies,
                 const std::vector<SlotId>& slots, const std::string& after) {
  f.builder.set_span(stage.span);
  const ir::BlockId then = f.builder.block(after);
  const ir::SiteId site =
      add_site(f.module, f.part.flow, label_of(f, stage), stage_name(f, stage), stage.span);
  ir::Op& op = add_governed(f, ir::Opcode::Invoke, std::move(values), policies);
  op.callee.function = part;
  op.slots = slots;
  op.site = site;
  op.target = then;
  f.builder.enter(then);
}

}  // namespace pflow::lowering
