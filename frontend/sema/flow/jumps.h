/// Jumps: where a last stage that is a label goes, what it brings, and how often
/// stages that something comes back to may run.
#pragma once

#include "frontend/sema/flow/flow_checks.h"

namespace pflow::sema {

/// Fills in max_visits of every `repeat`.
void bound_repeats(FlowContext& context);

/// Fills in jump, jump_feeds, is_jump_target and max_visits.
void expand_jumps(FlowContext& context);

}  // namespace pflow::sema
