/// Writes the lock of a program.
#pragma once

#include "tools/driver/packages/session.h"

namespace pflow::packages {

/// Beside the program, for the packages that it imports as they are now. Returns the exit code.
[[nodiscard]] int lock(const std::string& program, Session& session);

}  // namespace pflow::packages
