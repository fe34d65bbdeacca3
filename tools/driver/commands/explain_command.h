/// The page of a diagnostic, for `pflowc explain CODE` and `pflowc --explain CODE`.
#pragma once

#include <string>

#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow {

/// Prints the page, or says what is wrong with the code; returns the exit code.
[[nodiscard]] int explain(const std::string& code, const Options& options, DriverEnv& env);

}  // namespace pflow
