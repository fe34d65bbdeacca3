/// Frames, as the loop sees them.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// Tells what `frame` waits for, however deep, to stop; it still completes.
void cancel_frame(pf_frame* frame);

}  // namespace pflow::rt
