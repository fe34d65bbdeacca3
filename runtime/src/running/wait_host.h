/// Who is told of what calls wait for, where others call the flows of the program.
#pragma once

#include "pflow/waiting.h"

namespace pflow::rt {

struct WaitHost {
  /// As pf_waiting_begin has it. The host calls `take` of the wait, unless it ends before.
  bool (*begin)(pf_waiting& waiting);
  void (*end)(pf_waiting& waiting);
};

/// From here on; it lives as long as the program.
void host_waits(const WaitHost& host);
/// Null: there is none.
[[nodiscard]] const WaitHost* wait_host();

/// The items behind the one that waits need not: it may take days.
void let_pass(pf_waiting& waiting);

}  // namespace pflow::rt
