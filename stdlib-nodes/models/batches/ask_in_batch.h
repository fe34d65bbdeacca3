/// A question that is sent with those of other items.
#pragma once

#include "stdlib-nodes/models/dialogue.h"

namespace pf_models {

/// Waits until the other items have theirs; the call is completed later.
pf_status ask_in_batch(pf_call* call, Asking asking);

}  // namespace pf_models
