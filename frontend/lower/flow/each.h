/// `each`: its body is a flow that takes the item, then what it reads of the outside.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

Held each_stage(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                const Held& piped);

}  // namespace pflow::lowering
