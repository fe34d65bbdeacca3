/// The order in which the packages of a program are looked for.
#pragma once

#include "frontend/packages/places.h"

namespace pflow::packages {

/// The place beside the program; that in which its own package lies, when the program is a file of
/// a package or of a folder in it, as its tests are; then the others.
[[nodiscard]] std::vector<std::string> search_order(FileSystem& files, std::string_view program,
                                                    const Places& places);

}  // namespace pflow::packages
