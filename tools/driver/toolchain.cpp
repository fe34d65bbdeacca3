#include "tools/driver/toolchain.h"

#include <fmt/format.h>

#include <filesystem>

namespace pflow {
namespace {

std::filesystem::path prefix_of(const DriverEnv& env) {
  std::filesystem::path prefix = env.variable("PFLOW_LIB");
  return prefix.empty() ? std::filesystem::path(env.executable).parent_path().parent_path()
                        : prefix;
}

}  // namespace

Toolchain find_toolchain(const DriverEnv& env) {
  std::filesystem::path prefix = prefix_of(env);
  return {(prefix / "share/pflow/nodes").string(), (prefix / "share/pflow/errors").string(),
          (prefix / "share/pflow/include").string()};
}

std::string find_target_library(const DriverEnv& env, std::string_view triple) {
  std::filesystem::path prefix = prefix_of(env);
  std::string inside = (prefix / "lib/pflow" / triple).string();
  std::string beside =
      (prefix.parent_path() / fmt::format("pflowc-target-{}", triple) / "lib/pflow" / triple)
          .string();
  return !env.files->exists(inside) && env.files->exists(beside) ? beside : inside;
}

bool has_nodes(const Toolchain& toolchain, const DriverEnv& env, Diagnostics& diagnostics) {
  if (env.files->exists(toolchain.nodes)) return true;
  diagnostics.report(diag::no_standard_nodes, {}, toolchain.nodes)
      .note("they lie beside the compiler in ../share/pflow/nodes, or below PFLOW_LIB");
  return false;
}

}  // namespace pflow
