/// Runs frames: calls that have completed queue up and are resumed from here and
/// from nowhere else. What it waits with is a backend, so that only programs with
/// async nodes link an event loop.
#pragma once

#include "pflow/abi.h"
#include "pflow/input.h"

namespace pflow::rt {

struct Backend {
  void (*start)();
  /// Waits until something has happened or the next timer is due; only looks when it
  /// may not block. False: nothing is in flight, and nothing happened.
  bool (*wait)(bool may_block);
  /// Ends a wait; in the signal handler.
  void (*wake)();
  /// Those of pflow/input.h; null: nothing but to block in the read.
  bool (*await_input)(pf_input_wait* wait);
  void (*leave_input)(pf_input_wait* wait);
};

/// What runs frames now; null when nothing does.
[[nodiscard]] const Backend* current_backend();

/// Runs a root frame until it has ended, and all that lingers.
[[nodiscard]] pf_status run_frames(pf_frame* root, const Backend& backend);

/// Who hears of the signals that ask the program to end, before the flow is cancelled. True: it is
/// taken care of, and the next one counts as the first. Null: nobody.
void offer_signals_to(bool (*take)());

/// Whether a call has completed whose frame is still to be resumed.
[[nodiscard]] bool is_something_ready();

/// What is cancelled by its owner's end but has to be awaited before the program ends.
void linger_begin();
void linger_end();

/// Whether a signal came: what computes without coming back to the scheduler stops.
[[nodiscard]] bool is_interrupted();

}  // namespace pflow::rt
