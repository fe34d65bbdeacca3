/// How the scheduler reaches what may come in a later run, which only programs that wait for such
/// things link (src/journal).
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

struct WaitsApi {
  /// When nothing else is left to do: items behind those that wait begin. False: none could.
  bool (*let_others_pass)();
  /// Then whether the run ends here, as something is waited for; it was told what.
  bool (*stop)();
  /// Whether it has ended so.
  bool (*has_stopped)();
};
inline constexpr int kWaiting = 3;  ///< the exit code

// Each tells its own: an item that waits for a later run takes no place among those that are under
// way.
void each_lets_pass(pf_frame* child);
void stream_each_lets_pass(pf_frame* child);

}  // namespace pflow::rt

extern "C" const pflow::rt::WaitsApi pf_waits __attribute__((weak, visibility("default")));
