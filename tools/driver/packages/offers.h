/// What packages say of themselves to commands that import none: their loaders of fragments, their
/// models.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"
#include "tools/driver/packages/models.h"

namespace pflow::packages {

struct Offer {
  PackageFolder folder;
  Manifest manifest;
  std::vector<BroughtModel> models;
  /// Why it cannot be imported, and brings nothing: `packages/near/models.yaml:3: …`; else empty.
  std::string problem;
};

[[nodiscard]] Offer offer_of(const PackageFolder& folder, FileSystem& files);

/// Of the packages that a program of the name in the working directory may import.
[[nodiscard]] std::vector<Offer> offers(std::string_view program, const Options& options,
                                        DriverEnv& env);

}  // namespace pflow::packages
