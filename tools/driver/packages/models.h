/// The files of models that packages bring, in the form of models.yaml.
#pragma once

#include <string>
#include <vector>

#include "codegen/options.h"
#include "frontend/packages/manifest.h"
#include "frontend/packages/places.h"
#include "frontend/sema/checked.h"
#include "support/file_system.h"

namespace pflow::packages {

struct BroughtModel {
  std::vector<std::string> names;  ///< its id, then its aliases
  bool embeds = false;             ///< it makes vectors
};

struct BroughtModels {
  std::string text;
  std::vector<BroughtModel> models;
};

/// What a package brings, of whose file each mistake is reported at its line.
BroughtModels read_models(const PackageFolder& folder, const Manifest& manifest, FileSystem& files,
                          SourceMap& sources, Diagnostics& diagnostics);

/// The files of the packages that a checked program imports. What is wrong with one, and a name
/// that two have, is reported.
[[nodiscard]] std::vector<codegen::PackageModels> models_of_packages(const sema::Checked& checked,
                                                                     FileSystem& files,
                                                                     SourceMap& sources,
                                                                     Diagnostics& diagnostics);

}  // namespace pflow::packages
