/// `if` and `match` as stages: blocks of the flow that they stand in.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

Held if_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info);
Held match_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info);

}  // namespace pflow::lowering
