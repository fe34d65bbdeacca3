/// What stands for the sources of a package.
#pragma once

#include <string_view>

namespace pflow::packages {

/// A source that stands for a crate.
inline constexpr std::string_view kCargoManifest = "Cargo.toml";

}  // namespace pflow::packages
