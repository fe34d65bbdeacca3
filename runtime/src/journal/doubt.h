/// Calls that a run had begun and of which nobody knows whether they were done.
#pragma once

#include "runtime/src/journal/recorded.h"
#include "runtime/src/values/buffer.h"

namespace pflow::rt {

/// Asks on the terminal about those of which the program says so; the others, and those that shall
/// not be done again, stand in `refused`, which is empty when the run may go on.
void settle_doubts(const Recorded& recorded, Buffer& refused);

}  // namespace pflow::rt
