/// The files that must not outlive the program when it ends early.
#pragma once

namespace pflow::rt {

/// Unlinks every registered file. Safe in a signal handler.
void remove_temp_files();

/// Kills the programs started, removes temporary files and folders. Safe in a signal handler.
void remove_leftovers();
/// In a fork: there is nothing to remove any more.
void leave_leftovers();
/// Removes them, then ends the process at once.
[[noreturn]] void exit_now(int code);

}  // namespace pflow::rt
