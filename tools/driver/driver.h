/// The compiler as a library: arguments in, exit code out.
#pragma once

#include <span>
#include <string>

#include "tools/driver/driver_env.h"
#include "tools/driver/exit_code.h"

namespace pflow {

/// What `pflowc` does with the arguments after its name.
[[nodiscard]] int run_driver(std::span<const std::string> arguments, DriverEnv& env);

}  // namespace pflow
