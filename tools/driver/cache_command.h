/// `pflowc cache show` and `pflowc cache clear`.
#pragma once

#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow {

/// What is wrong with the arguments is reported.
void check_cache_options(const Options& options, Diagnostics& diagnostics);
/// Returns the exit code.
[[nodiscard]] int run_cache_command(const Options& options, DriverEnv& env);

}  // namespace pflow
