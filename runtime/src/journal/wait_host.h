/// Who is told of waits when the program keeps no journal of its own.
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

}  // namespace pflow::rt
