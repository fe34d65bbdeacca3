/// One compilation, from a source file to what was asked for.
#pragma once

#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow {

/// Runs the phases that `options.emit` needs. Diagnostics go to standard error.
/// Returns the exit code of pflowc.
[[nodiscard]] int compile(const Options& options, DriverEnv& env);

}  // namespace pflow
