/// Jumps and the bounds on visits.
#pragma once

#include "frontend/sema/flow/flow_checks.h"

namespace pflow::sema {

/// Fills in jump, jump_feeds, is_jump_target and max_visits; reports jumps into
/// blocks, values that do not fit and bounds on what never runs twice.
void expand_jumps(FlowContext& context);

}  // namespace pflow::sema
