/// Where the parts of an installation lie: beside the executable's folder, or
/// below PFLOW_LIB.
#pragma once

#include <string>
#include <string_view>

#include "support/diagnostics.h"
#include "tools/driver/driver_env.h"

namespace pflow {

struct Toolchain {
  std::string nodes;    ///< PREFIX/share/pflow/nodes: interface files
  std::string pages;    ///< PREFIX/share/pflow/errors: PFnnnn.md, what diagnostics mean
  std::string headers;  ///< PREFIX/share/pflow/include: pflow/abi.h and the other headers of nodes
};

[[nodiscard]] Toolchain find_toolchain(const DriverEnv& env);
/// False, after it was reported, when the interfaces of the standard nodes are not there.
[[nodiscard]] bool has_nodes(const Toolchain& toolchain, const DriverEnv& env,
                             Diagnostics& diagnostics);

/// PREFIX/lib/pflow/TRIPLE, the archives that executables for that machine link; or where npm puts
/// the package of the target, beside ours.
[[nodiscard]] std::string find_target_library(const DriverEnv& env, std::string_view triple);

}  // namespace pflow
