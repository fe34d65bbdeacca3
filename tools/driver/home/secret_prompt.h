/// A secret from whoever runs the command.
#pragma once

#include <string>

#include "tools/driver/driver_env.h"

namespace pflow::home {

/// Asked at the terminal, where it is not shown; else all of standard input.
Result<std::string> read_secret(const std::string& question, DriverEnv& env);

}  // namespace pflow::home
