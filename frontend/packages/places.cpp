#include "frontend/packages/places.h"

#include <algorithm>
#include <filesystem>

#include "frontend/packages/manifest.h"

namespace pflow::packages {

namespace fs = std::filesystem;

std::string PackageFolder::manifest() const {
  return (fs::path(path) / kManifestName).lexically_normal().string();
}

std::string PackageFolder::interface() const {
  return (fs::path(path) / (name + ".pf")).lexically_normal().string();
}

std::string place_beside(std::string_view program) {
  return (fs::path(program).parent_path() / kPlaceName).string();
}

std::optional<PackageFolder> package_of(FileSystem& files, std::string_view path) {
  const fs::path file(path);
  PackageFolder package{file.stem().string(), file.parent_path().string()};
  if (file.extension() != ".pf" || files.kind(package.manifest()) != FileKind::File)
    return std::nullopt;
  Result<std::string> text = files.read(package.manifest());
  if (!text || name_in_manifest(*text) != package.name) return std::nullopt;
  return package;
}

std::vector<PackageFolder> packages_in(FileSystem& files, const std::string& place) {
  std::vector<PackageFolder> found;
  for (const std::string& folder : files.names_in(place)) {
    PackageFolder package{folder, (fs::path(place) / folder).string()};
    if (files.kind(package.manifest()) != FileKind::File) continue;
    if (Result<std::string> text = files.read(package.manifest()))
      if (std::string name = name_in_manifest(*text); !name.empty()) package.name = name;
    found.push_back(std::move(package));
  }
  std::ranges::sort(found, {},
                    [](const PackageFolder& each) { return std::pair(each.name, each.path); });
  return found;
}

}  // namespace pflow::packages
