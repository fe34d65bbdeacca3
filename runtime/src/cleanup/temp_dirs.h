/// The folders that go with the program, however it ends, or with the run in it that made them:
/// pf_temp_dir_add.
#pragma once

namespace pflow::rt {

/// Removes every registered folder with all it holds; symbolic links are not followed.
/// Safe in a signal handler; called by exit, too.
void remove_temp_dirs();

/// `owner` says for which run a folder is added; null: for the program.
void own_temp_dirs(const void* (*owner)());
/// Removes those of a run that has ended.
void remove_temp_dirs_of(const void* owner);

}  // namespace pflow::rt
