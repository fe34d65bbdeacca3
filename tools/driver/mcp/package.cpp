#include "tools/driver/mcp/package.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "frontend/packages/places.h"
#include "runtime/include/pflow/abi.h"
#include "support/json_text.h"
#include "tools/driver/home_path.h"

namespace pflow::mcp {

namespace fs = std::filesystem;

namespace {

/// `1.2.3` of whatever a server calls its version; of what has no such form `0.0.0`.
std::string version_of(std::string_view said) {
  if (said.starts_with('v')) said.remove_prefix(1);
  std::string made;
  for (int part = 0; part < 3; ++part) {
    const size_t end = std::min(said.find_first_not_of("0123456789"), said.size());
    if (end == 0) return "0.0.0";
    made += (part == 0 ? "" : ".") + std::string(said.substr(0, end));
    said.remove_prefix(end);
    if (part == 2) break;
    if (!said.starts_with('.')) return "0.0.0";
    said.remove_prefix(1);
  }
  return made;
}

}  // namespace

std::string packages_folder(bool user, const DriverEnv& env) {
  if (!user) return std::string(packages::kPlaceName);
  const std::string home = home_path(env);
  return home.empty() ? home : fmt::format("{}/{}", home, packages::kPlaceName);
}

std::vector<Package> server_packages(const std::string& folder, DriverEnv& env) {
  std::vector<Package> found;
  std::vector<std::string> names = env.files->names_in(folder);
  std::ranges::sort(names);
  for (const std::string& name : names) {
    Package package{name, folder + "/" + name};
    if (env.files->kind(package.server_path()) == FileKind::File)
      found.push_back(std::move(package));
  }
  return found;
}

std::string manifest(const std::string& name, const std::string& description,
                     const std::string& version) {
  // What JSON escapes is escaped alike in TOML.
  return fmt::format("name = {}\nversion = {}\npflow = {}\ndescription = {}\n", json_string(name),
                     json_string(version_of(version)), PF_ABI_VERSION, json_string(description));
}

Result<Done> remove_package(const Package& package) {
  std::error_code failed;
  for (const std::string& path :
       {package.interface_path(), package.server_path(), package.manifest_path()}) {
    fs::remove(path, failed);
    if (failed) return Failure(fmt::format("`{}`: {}", path, failed.message()));
  }
  fs::remove(package.folder, failed);  // stays where something else is in it
  return Done();
}

}  // namespace pflow::mcp
