/// The compiler as a library: arguments in, exit code out.
#pragma once

#include <span>
#include <string>

#include "tools/driver/driver_env.h"

namespace pflow {

enum ExitCode : int {
  kExitDone = 0,
  kExitErrors = 1,  ///< the program has errors, or a file could not be written
  kExitUsage = 2,
  kExitInternal = 70,  ///< a bug of the compiler
};

/// What `pflowc` does with the arguments after its name.
[[nodiscard]] int run_driver(std::span<const std::string> arguments, DriverEnv& env);

}  // namespace pflow
