/// The files of a package that `pflowc packages new` makes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/driver/new_folder.h"

namespace pflow::packages {

/// The languages of `--lang`.
inline constexpr std::string_view kLanguages[] = {"flows", "c", "cpp", "rust"};

/// A node, what carries it out, and its test.
[[nodiscard]] std::vector<ProjectFile> new_package(std::string_view name,
                                                   std::string_view language);

}  // namespace pflow::packages
