/// Where the parts of an installation lie: beside the executable's folder, or
/// below PFLOW_LIB.
#pragma once

#include <string>

#include "support/diagnostics.h"
#include "tools/driver/driver_env.h"

namespace pflow {

struct Toolchain {
  std::string nodes;    ///< PREFIX/share/pflow/nodes: interface files
  std::string pages;    ///< PREFIX/share/pflow/errors: PFnnnn.md, what diagnostics mean
  std::string library;  ///< PREFIX/lib/pflow: archives that executables link
};

[[nodiscard]] Toolchain find_toolchain(const DriverEnv& env);
/// False, after it was reported, when the interfaces of the standard nodes are not there.
[[nodiscard]] bool has_nodes(const Toolchain& toolchain, const DriverEnv& env,
                             Diagnostics& diagnostics);

}  // namespace pflow
