/// What a package says of itself: its file `package.toml`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "support/diagnostics.h"

namespace pflow::packages {

inline constexpr std::string_view kManifestName = "package.toml";
/// What the names of sources end with.
inline constexpr std::string_view kSourceEndings[] = {".c", ".cc", ".cpp", ".cxx", ".rs"};

/// `issue = "fetch"` of `[loaders]`: the fragment `issue:17` is what `fetch("17")` gives.
struct Loader {
  std::string prefix;
  std::string node;  ///< or flow of the interface
  Span span;         ///< of the entry
};

struct Manifest {
  std::string name;     ///< as programs import it
  std::string version;  ///< `1.2.3`
  int64_t abi = 0;      ///< of pflow/abi.h, for which it was made
  std::string description;
  std::string license;
  std::string homepage;
  std::vector<std::string> sources;  ///< below its folder: .c, .cpp, .rs; none: flows alone
  std::vector<std::string> flags;    ///< further words for the compiler of the sources
  std::vector<std::string> link;     ///< static libraries that become part of its archive
  std::string models;                ///< its file of models, below its folder; empty: none
  Span models_span;
  std::vector<Loader> loaders;  ///< of fragments
};

/// Reads the manifest that is the file's text. Nothing can be said of the package when that
/// leaves an error in `diagnostics`.
[[nodiscard]] Manifest read_manifest(FileId file, const SourceMap& sources,
                                     Diagnostics& diagnostics);

/// The name in a manifest, which may be broken elsewhere; empty when none can be read.
[[nodiscard]] std::string name_in_manifest(std::string_view text);

/// Whether a package may have this name.
[[nodiscard]] bool is_package_name(std::string_view name);

}  // namespace pflow::packages
