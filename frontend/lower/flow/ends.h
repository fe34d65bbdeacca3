/// How a flow ends.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

/// With its keys as results, or `value`.
void end_flow(FlowContext& f, const Held& value);
void return_value(FlowContext& f, const ast::Expr* value);

}  // namespace pflow::lowering
