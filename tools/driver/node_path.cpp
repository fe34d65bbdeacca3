#include "tools/driver/node_path.h"

#include <algorithm>

#include "tools/driver/home_path.h"
#include "tools/driver/node_aliases.h"
#include "tools/driver/toolchain.h"

namespace pflow {
namespace {

/// The parts that are not empty.
std::vector<std::string> split(std::string_view text, char at) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const size_t end = std::min(text.find(at), text.size());
    if (end != 0) parts.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

}  // namespace

sema::NodePath node_path(const Options& options, const DriverEnv& env) {
  sema::NodePath found{find_toolchain(env).nodes};
  std::vector<std::string>& folders = found.places.folders;
  folders = options.package_path;
  std::ranges::move(split(env.variable("PFLOW_PACKAGE_PATH"), ':'), std::back_inserter(folders));
  if (const std::string home = home_path(env); !home.empty())
    folders.push_back(home + "/" + std::string(packages::kPlaceName));
  if (env.has_variable("PFLOW_LOAD_PACKAGES"))
    found.places.loaded = split(env.variable("PFLOW_LOAD_PACKAGES"), ',');
  found.aliases = node_aliases(env);
  return found;
}

}  // namespace pflow
