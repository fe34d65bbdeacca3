#include "frontend/packages/search_order.h"

#include <filesystem>

#include "frontend/packages/manifest.h"

namespace pflow::packages {

namespace fs = std::filesystem;

std::vector<std::string> search_order(FileSystem& files, std::string_view program,
                                      const Places& places) {
  std::vector<std::string> order = {place_beside(program)};
  const fs::path own = fs::path(program).parent_path();
  for (const fs::path& folder : {own, own / ".."})
    if (files.kind((folder / kManifestName).lexically_normal().string()) == FileKind::File)
      order.push_back((folder / "..").lexically_normal().string());
  order.insert(order.end(), places.folders.begin(), places.folders.end());
  return order;
}

}  // namespace pflow::packages
