/// Where the files of the user lie.
#pragma once

#include <string>

#include "tools/driver/driver_env.h"

namespace pflow {

/// PFLOW_HOME, else pflow in $XDG_CONFIG_HOME or ~/.config; empty when none of these is set.
[[nodiscard]] std::string home_path(const DriverEnv& env);

}  // namespace pflow
