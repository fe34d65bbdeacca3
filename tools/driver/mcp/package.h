/// Packages of servers: folders with the nodes of their tools.
#pragma once

#include <string>
#include <vector>

#include "frontend/packages/manifest.h"
#include "support/result.h"
#include "tools/driver/driver_env.h"

namespace pflow::mcp {

struct Package {
  std::string name;
  std::string folder;  ///< `packages/NAME`

  [[nodiscard]] std::string interface_path() const { return folder + "/" + name + ".pf"; }
  [[nodiscard]] std::string server_path() const { return folder + "/" + name + ".mcp.json"; }
  [[nodiscard]] std::string manifest_path() const {
    return folder + "/" + std::string(packages::kManifestName);
  }
};

/// Where packages lie: beside the program, that is in the working folder; with `user` in
/// PFLOW_HOME. Empty: nothing says where that is.
[[nodiscard]] std::string packages_folder(bool user, const DriverEnv& env);

/// Those of servers in a folder of packages, by name.
[[nodiscard]] std::vector<Package> server_packages(const std::string& folder, DriverEnv& env);

/// The text of `package.toml`.
[[nodiscard]] std::string manifest(const std::string& name, const std::string& description,
                                   const std::string& version);

/// Removes the files of a package, and its folder where nothing else is in it.
[[nodiscard]] Result<Done> remove_package(const Package& package);

}  // namespace pflow::mcp
