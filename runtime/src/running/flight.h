/// Equal stages with `cache` that run at the same time: the first one leads, the others
/// follow and get what it gets.
///
/// A failure is theirs, too, when they would have been tried alike; those with other
/// policies try by themselves. Deadlines are each one's own. When the one that leads is
/// cancelled, or its deadline passes, the next one goes on with its request.
#pragma once

#include "runtime/src/running/try_state.h"

namespace pflow::rt {

/// Whether an equal stage leads.
[[nodiscard]] bool is_in_flight(const Try& t);
/// Before the tries of a stage with a ticket: whether it follows another, so that it only
/// waits. Else it leads from now on, or runs apart when the other waits for it.
[[nodiscard]] bool follow_or_lead(Try* t);
/// It waits no longer; nothing for one that does not follow.
void stop_following(Try* t);
/// Before one that leads stops early: another one, if there is any, goes on with what runs.
void hand_over(Try* t);
/// One that leads has ended: its results are in `out`, its failure is in `failure`.
void end_flight(Try* t, pf_status status);

}  // namespace pflow::rt
