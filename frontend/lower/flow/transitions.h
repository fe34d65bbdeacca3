/// Edges between stages that are not source order: transitions and jumps, and the count of
/// visits.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

/// Null when the stage has none for the action.
const sema::Transition* transition(const sema::StageInfo& info, std::string_view action);
/// Where the transition's chain begins; it is lowered at the end (flow_body.h).
ir::BlockId transition_block(FlowContext& f, const ast::Stage& stage,
                             const sema::Transition& transition);
void jump_to_stage(FlowContext& f, const sema::StageInfo& info, const Held& piped);
/// Begins a stage that jumps reach or that counts its visits; what is piped into it then.
Held arrive(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info, Held piped);
/// Goes on when `visits` is below the bound, and counts one more.
void check_bound(FlowContext& f, const ast::Stage& stage, const sema::StageInfo& info,
                 ir::SlotId visits);

}  // namespace pflow::lowering
