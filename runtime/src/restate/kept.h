/// What is kept of a step of an invocation while it runs.
#pragma once

#include "runtime/src/recorder/step.h"
#include "runtime/src/restate/journal.h"

namespace pflow::restate {

struct Kept {
  Journal& journal;
  rt::StepKey& key;            ///< of the keys of the journal
  Entry* entry;                ///< what it gives
  pf_status status = PF_DONE;  ///< how it has ended, once `is_told`
  bool runs = false;           ///< here; else it waits for the server
  bool is_told = false;        ///< the server has it, or need not have it
};

/// The number of who listens to steps, under which it is kept.
void keep_under(int number);
[[nodiscard]] bool is_kept(const pf_call& call);
/// Of a call that is.
[[nodiscard]] Kept& kept_of(const pf_call& call);
void set_running(Kept& kept, bool runs);

/// A stage is tried again at that time, by the clock of waits: until then no invocation only waits.
void keep_busy_until(int64_t time);
/// Nanoseconds until then; 0: it has passed.
[[nodiscard]] int64_t busy_for();

}  // namespace pflow::restate
