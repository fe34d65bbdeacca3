/// The programs that must not outlive this one when it ends early.
#pragma once

namespace pflow::rt {

/// Kills every registered process group. Safe in a signal handler.
void kill_process_groups();

}  // namespace pflow::rt
