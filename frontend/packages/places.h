/// Where packages lie. A place is a folder with a folder for each package.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "support/file_system.h"

namespace pflow::packages {

/// The name of the place beside a program, and of that in PFLOW_HOME.
inline constexpr std::string_view kPlaceName = "packages";

/// Where to look, behind the place beside the program: the first place that has a package counts.
struct Places {
  std::vector<std::string> folders;
  std::optional<std::vector<std::string>> loaded;  ///< no other package is there; none: all are
};

struct PackageFolder {
  std::string name;  ///< what its manifest says; the folder's own where that cannot be read
  std::string path;
  [[nodiscard]] std::string manifest() const;
  /// What `import NAME` reads.
  [[nodiscard]] std::string interface() const;
};

/// The place beside a program, whose path may be the name of no file.
[[nodiscard]] std::string place_beside(std::string_view program);

/// The package whose interface the file is, if it is one.
[[nodiscard]] std::optional<PackageFolder> package_of(FileSystem& files, std::string_view path);

/// The packages in a place, by name.
[[nodiscard]] std::vector<PackageFolder> packages_in(FileSystem& files, const std::string& place);

}  // namespace pflow::packages
