/// Where the parts of an installation lie: beside the executable's folder, or
/// below PFLOW_LIB.
#pragma once

#include <string>

#include "tools/driver/driver_env.h"

namespace pflow {

struct Toolchain {
  std::string nodes;    ///< PREFIX/share/pflow/nodes: interface files
  std::string pages;    ///< PREFIX/share/pflow/errors: PFnnnn.md, what diagnostics mean
  std::string library;  ///< PREFIX/lib/pflow: archives that executables link
};

[[nodiscard]] Toolchain find_toolchain(const DriverEnv& env);

}  // namespace pflow
