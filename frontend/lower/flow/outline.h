/// Parts of a flow that run as flows of their own.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "frontend/lower/flow/flow_context.h"
#include "frontend/lower/flow/policies.h"

namespace pflow::lowering {

/// A part of the flow, which has no keys yet.
FlowPart inner_part(const FlowContext& f, const std::string& name, Span span);
/// A part as a function of its own; its value's type is known when it has been lowered.
ir::FunctionId outline(FlowContext& f, FlowPart part, bool gives_value,
                       const std::function<Held(FlowContext&)>& body);
std::vector<ir::ValueId> carried_values(FlowContext& f, const std::vector<CarriedKey>& in);
/// Slots for results that are keys here: the keys' own where nothing is in the way.
std::vector<ir::SlotId> carried_slots(FlowContext& f, const std::vector<CarriedKey>& out);
void store_carried(FlowContext& f, const std::vector<CarriedKey>& out,
                   const std::vector<ir::SlotId>& slots);

/// Runs the part at the place of its stage, under these policies, into `slots`.
void invoke_part(FlowContext& f, const ast::Stage& stage, ir::FunctionId part,
                 std::vector<ir::ValueId> values, const Policies& policies,
                 const std::vector<ir::SlotId>& slots, const std::string& after);

}  // namespace pflow::lowering
