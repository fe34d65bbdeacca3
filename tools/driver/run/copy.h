/// Copies of executables.
#pragma once

#include <string>

#include "tools/driver/descriptor.h"

namespace pflow::run {

/// A file in memory, which no folder holds; invalid when there is no room for it.
[[nodiscard]] Descriptor copy_to_memory(const std::string& name, int executable);

/// Appends a file to another. False when that failed.
[[nodiscard]] bool copy_all(int from, int to);

}  // namespace pflow::run
