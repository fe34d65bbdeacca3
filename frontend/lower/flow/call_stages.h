/// Stages that call a node or a flow.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

Held call_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                const sema::CallInfo& call);

}  // namespace pflow::lowering
