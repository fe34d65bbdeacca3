/// Diagnostics on standard error, as the options want them, and text on standard output.
#pragma once

#include "support/diagnostics.h"
#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow {

void show(const Diagnostics& diagnostics, const SourceMap& sources, const Options& options,
          DriverEnv& env);

/// Text on standard output. Returns the exit code; what goes wrong is shown.
[[nodiscard]] int print(std::string_view text, const Options& options, DriverEnv& env);

}  // namespace pflow
