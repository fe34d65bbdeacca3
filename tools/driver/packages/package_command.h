/// `pflowc NAME …` of a package with a flow `main`: a command that it brings.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tools/driver/driver_env.h"

namespace pflow::packages {

/// `run` of the package's interface, with what stands behind the name, when the first word names
/// neither a command nor a file but such a package; else the arguments as they are.
[[nodiscard]] std::vector<std::string> with_command_of_package(
    std::span<const std::string> arguments, DriverEnv& env);

/// The packages that are commands.
[[nodiscard]] std::vector<std::string> package_commands(DriverEnv& env);

}  // namespace pflow::packages
