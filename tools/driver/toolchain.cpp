#include "tools/driver/toolchain.h"

#include <filesystem>

namespace pflow {

Toolchain find_toolchain(const DriverEnv& env) {
  std::filesystem::path prefix = env.variable("PFLOW_LIB");
  if (prefix.empty()) prefix = std::filesystem::path(env.executable).parent_path().parent_path();
  return {(prefix / "share/pflow/nodes").string(), (prefix / "share/pflow/errors").string(),
          (prefix / "lib/pflow").string()};
}

bool has_nodes(const Toolchain& toolchain, const DriverEnv& env, Diagnostics& diagnostics) {
  if (env.files->exists(toolchain.nodes)) return true;
  diagnostics.report(diag::no_standard_nodes, {}, toolchain.nodes)
      .note("they lie beside the compiler in ../share/pflow/nodes, or below PFLOW_LIB");
  return false;
}

}  // namespace pflow
