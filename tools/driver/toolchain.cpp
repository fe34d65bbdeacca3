#include "tools/driver/toolchain.h"

#include <filesystem>

namespace pflow {

Toolchain find_toolchain(const DriverEnv& env) {
  std::filesystem::path prefix = env.variable("PFLOW_LIB");
  if (prefix.empty()) prefix = std::filesystem::path(env.executable).parent_path().parent_path();
  return {(prefix / "share/pflow/nodes").string(), (prefix / "share/pflow/errors").string(),
          (prefix / "lib/pflow").string()};
}

}  // namespace pflow
