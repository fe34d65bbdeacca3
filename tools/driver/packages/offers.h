/// What packages bring to commands that import none: loaders of fragments, and models.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"
#include "tools/driver/packages/models.h"

namespace pflow::packages {

struct Offer {
  std::string package;
  std::vector<std::string> prefixes;  ///< of its loaders
  std::vector<BroughtModel> models;
  std::string problem;  ///< why it brings nothing: `packages/near/models.yaml:3: …`; else empty
};

/// Of the packages that a program of the name in the working directory may import.
[[nodiscard]] std::vector<Offer> offers(std::string_view program, const Options& options,
                                        DriverEnv& env);

}  // namespace pflow::packages
