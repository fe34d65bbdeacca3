/// The steps of invocations, as a listener of the recorder: what the server knows of one answers
/// it, what one has given goes to the server, and counts when that has it.
#pragma once

#include "pflow/abi.h"

namespace pflow::restate {

class Journal;

/// From here on, once. `journal_of` says which invocation a frame is part of; null: of none, or
/// nobody waits for that any more.
void listen_to_steps(Journal* (*journal_of)(pf_frame* frame));

}  // namespace pflow::restate
