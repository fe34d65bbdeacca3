/// Packages that a command makes of what others describe: folders with the nodes of a server's
/// tools, of an API's operations.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "frontend/packages/manifest.h"
#include "support/result.h"
#include "tools/driver/driver_env.h"

namespace pflow {

struct MadePackage {
  std::string name;
  std::string folder;       ///< `packages/NAME`
  std::string_view ending;  ///< of the file that tells of the server or API: `.mcp.json`

  [[nodiscard]] std::string interface_path() const { return folder + "/" + name + ".pf"; }
  [[nodiscard]] std::string owner_path() const { return folder + "/" + name + std::string(ending); }
  [[nodiscard]] std::string manifest_path() const {
    return folder + "/" + std::string(packages::kManifestName);
  }
};

/// What is written of one.
struct MadeTexts {
  std::string interface;
  std::string owner;
  std::string description;
  std::string version;  ///< whatever the others call it
};

/// Where packages lie: beside the program, that is in the working folder; with `user` in
/// PFLOW_HOME. Empty: nothing says where that is.
[[nodiscard]] std::string packages_folder(bool user, const DriverEnv& env);

/// Those with a file of that ending: beside the program, then those of the user.
[[nodiscard]] std::vector<MadePackage> made_packages(std::string_view ending, DriverEnv& env);

/// Whether programs can import a package of that name.
[[nodiscard]] bool is_package_name(const std::string& name);

/// Writes the files, laid out, and has them checked as a program that imports them does.
[[nodiscard]] Result<Done> write_package(const MadePackage& package, const MadeTexts& texts,
                                         DriverEnv& env);

/// Removes the files of a package, and its folder where nothing else is in it.
[[nodiscard]] Result<Done> remove_package(const MadePackage& package);

}  // namespace pflow
