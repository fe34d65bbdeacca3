/// The steps of invocations, as a listener of the recorder: what the server knows of one answers
/// it, what one has given goes to the server, and counts when that has it.
#pragma once

namespace pflow::restate {

/// From here on, once.
void listen_to_steps();

}  // namespace pflow::restate
