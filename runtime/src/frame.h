/// Frames, as the loop sees them.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// Tells what `frame` waits for, however deep, to stop; it still completes.
void cancel_frame(pf_frame* frame);

/// Whether a pending call waits for a child frame, which its `state` then is.
[[nodiscard]] bool waits_for_child(const pf_call& call);

}  // namespace pflow::rt
