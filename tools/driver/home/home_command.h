/// The commands about what stands in PFLOW_HOME: `pflowc keys`, `aliases`, `models`, `logs`.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "tools/driver/driver_env.h"

namespace pflow {

/// Their names.
[[nodiscard]] std::span<const std::string_view> home_commands();

/// Runs `arguments`, of which the first is one of those names; what goes wrong is shown. Returns
/// the exit code.
[[nodiscard]] int run_home_command(std::span<const std::string> arguments, DriverEnv& env);

}  // namespace pflow
