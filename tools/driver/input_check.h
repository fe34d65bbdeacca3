/// Whether the programs that a command line names are there.
#pragma once

#include <string>

#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow {

/// Exactly one program, a file or `-`. False after a report was shown.
[[nodiscard]] bool check_input(const Options& options, DriverEnv& env);
/// Any number of files and folders, and `-`. False after a report was shown.
[[nodiscard]] bool check_inputs(const Options& options, DriverEnv& env);

}  // namespace pflow
