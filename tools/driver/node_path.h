/// Where the nodes come from that programs name: the installation, and the places of packages.
#pragma once

#include "frontend/sema/sema.h"
#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow {

/// The places of `--package-path`, PFLOW_PACKAGE_PATH and PFLOW_HOME, restricted by
/// PFLOW_LOAD_PACKAGES.
[[nodiscard]] sema::NodePath node_path(const Options& options, const DriverEnv& env);

}  // namespace pflow
