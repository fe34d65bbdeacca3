/// One compilation, from a source file to what was asked for.
#pragma once

#include <string>
#include <vector>

#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow {

/// Runs the phases that `options.emit` needs. Diagnostics go to standard error.
/// Returns the exit code of pflowc. With `options.tests` the titles of the program's
/// tests, in the order of their numbers, go to `tests`.
[[nodiscard]] int compile(const Options& options, DriverEnv& env,
                          std::vector<std::string>* tests = nullptr);

}  // namespace pflow
