/// What stands on standard output as the last thing. Only executables that show a text while it
/// comes link the unit; to the others these functions are null.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// Something else was written.
void forget_printed() __attribute__((weak, visibility("default")));

}  // namespace pflow::rt
