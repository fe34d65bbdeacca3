/// `repeat`, over nothing, a list or a stream: a loop in the flow that it stands in.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

Held repeat_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                  const Held& piped);
/// `break` or `continue` of the innermost `repeat` in hand.
void leave_round(FlowContext& f, ast::StageKind how);

}  // namespace pflow::lowering
