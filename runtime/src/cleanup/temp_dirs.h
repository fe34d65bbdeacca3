/// The folders that go with the program, however it ends: pf_temp_dir_add.
#pragma once

namespace pflow::rt {

/// Removes every registered folder with all it holds; symbolic links are not followed.
/// Safe in a signal handler; called by exit, too.
void remove_temp_dirs();

}  // namespace pflow::rt
