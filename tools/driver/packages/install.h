/// Packages in PFLOW_HOME, which every program of the user finds.
#pragma once

#include "tools/driver/packages/session.h"

namespace pflow::packages {

/// Copies a package there, in place of one of its name. Returns the exit code.
[[nodiscard]] int install(const PackageFolder& package, Session& session);
/// Removes one from there.
[[nodiscard]] int remove(const std::string& name, Session& session);

}  // namespace pflow::packages
