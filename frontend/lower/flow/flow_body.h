/// The frame of every flow and part: parameters, the body, the chains of transitions, results.
#pragma once

#include <functional>

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

/// `body` lowers what is in it; ends the flow with what that gives.
ir::Function lower_body(FlowContext& f, const std::function<Held()>& body);
/// The chains of transitions that have come up, and of those in them.
void lower_pending(FlowContext& f);

}  // namespace pflow::lowering
