/// What there is to say of packages: all of them, or one.
#pragma once

#include "tools/driver/packages/session.h"

namespace pflow::packages {

/// All that there are, each with what is wrong with it. Returns the exit code.
[[nodiscard]] int list(Session& session);
/// What one says of itself, and its nodes.
[[nodiscard]] int show_package(const PackageFolder& package, Session& session);

}  // namespace pflow::packages
