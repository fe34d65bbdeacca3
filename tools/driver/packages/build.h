/// Builds packages: the archive of the nodes, and the record of what that was built for.
#pragma once

#include "tools/driver/packages/session.h"

namespace pflow::packages {

/// Compiles the package's sources, then links all its nodes into a program that is thrown away, so
/// that whoever imports it has no surprise. A package of flows has nothing to build. False after a
/// report.
[[nodiscard]] bool build(const PackageFolder& package, Session& session);

}  // namespace pflow::packages
