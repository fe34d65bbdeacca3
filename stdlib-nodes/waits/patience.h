/// How long a call waits, and how it begins to.
#pragma once

#include "pflow/abi.h"
#include "pflow/timer.h"
#include "pflow/waiting.h"

namespace waits {

/// Whether the time has passed since the call was made first, perhaps in an earlier run.
template <typename Optional>
[[nodiscard]] bool is_late(const pf_call* call, const Optional& deadline) {
  return deadline.has && pf_waited(call) >= deadline.value;
}

/// Waits for a later run; `waiting` is allocated with `malloc` and owned from here on.
pf_status begin(pf_waiting* waiting);
/// It is over, and frees its wait.
void drop(pf_waiting* waiting);

template <typename Optional>
[[nodiscard]] int64_t nanoseconds(const Optional& deadline) {
  return deadline.has ? deadline.value : -1;
}

}  // namespace waits
