/// Diagnostics on standard error, as the options want them.
#pragma once

#include "support/diagnostics.h"
#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow {

void show(const Diagnostics& diagnostics, const SourceMap& sources, const Options& options,
          DriverEnv& env);

}  // namespace pflow
