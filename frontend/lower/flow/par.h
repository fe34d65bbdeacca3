/// `par`: each statement is a flow of its own.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

Held par_stage(FlowContext& f, const ast::Stage& stage);

}  // namespace pflow::lowering
