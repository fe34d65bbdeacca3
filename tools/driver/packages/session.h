/// What the actions of `pflowc packages` share: the packages that there are, output, errors.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "frontend/packages/manifest.h"
#include "frontend/packages/places.h"
#include "support/diagnostics.h"
#include "tools/driver/driver_env.h"
#include "tools/driver/options.h"

namespace pflow::packages {

class Session {
 public:
  Session(const Options& options, DriverEnv& env) : options(options), env(env) {}

  /// Where packages are looked for, in order: beside the working directory's programs first.
  [[nodiscard]] std::vector<std::string> places() const;
  /// The place in PFLOW_HOME, or empty after a report.
  std::string own_place();
  /// The one of this name that an import means.
  [[nodiscard]] std::optional<PackageFolder> named(std::string_view name) const;
  /// By its name, or by the path of its folder. Nothing after a report.
  std::optional<PackageFolder> find(const std::string& word);
  /// Nothing after a report.
  std::optional<Manifest> manifest(const PackageFolder& package);

  int print(std::string_view text);
  /// The exit code, after what was reported is shown.
  int finish();

  const Options& options;
  DriverEnv& env;
  SourceMap sources;
  Diagnostics diagnostics;
};

}  // namespace pflow::packages
