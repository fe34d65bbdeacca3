/// Whether the packages of a program are those that its `pflow.lock` names.
#pragma once

#include "frontend/packages/lock_file.h"
#include "frontend/sema/checked.h"
#include "support/file_system.h"

namespace pflow::packages {

/// `pflow.lock` beside the program.
[[nodiscard]] std::string lock_path(std::string_view program);

/// What the packages of a checked program are now.
[[nodiscard]] Locks locks_of(const sema::Checked& checked, FileSystem& files);

/// Reports each package that is another one than the lock beside the program says; without such a
/// file nothing is said.
void check_lock(const sema::Checked& checked, std::string_view program, FileSystem& files,
                SourceMap& sources, Diagnostics& diagnostics);

}  // namespace pflow::packages
