/// How many cores the process may use.
#pragma once

#include <stddef.h>

namespace pflow::rt {

/// PFLOW_CORES, else those that the machine and the control group leave to it; 1 or more.
[[nodiscard]] size_t core_count();
/// False after a value of PFLOW_CORES that is no number was reported.
[[nodiscard]] bool check_core_count();

}  // namespace pflow::rt
