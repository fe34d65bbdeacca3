/// Stages of every kind. What one passes through, from the outside: its count of visits,
/// its `error` transition, its fallback, its policies, itself.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

Held lower_stage(FlowContext& f, const ast::Stage& stage, Held piped);

}  // namespace pflow::lowering
