/// The steps of invocations, as a listener of the recorder: what the server knows of one answers
/// it, what one has given goes to the server, and counts when that has it.
#pragma once

#include "runtime/src/journal/step_key.h"
#include "runtime/src/restate/entries.h"

namespace pflow::restate {

class Invocation;

/// What is kept of a step of an invocation while it runs.
struct Kept {
  Invocation& invocation;
  rt::StepKey key;
  Entry& entry;      ///< what it gives
  pf_status status;  ///< how it has ended, once `is_told`
  bool runs;         ///< here; else it waits for the server
  bool is_told;      ///< the server has it, or need not have it
};

[[nodiscard]] bool is_kept(const pf_call& call);
/// Of a call that is.
[[nodiscard]] Kept& kept_of(const pf_call& call);
void set_running(Kept& kept, bool runs);

/// From here on, once.
void listen_to_steps();

}  // namespace pflow::restate
