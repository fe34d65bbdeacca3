/// `pflowc mcp test`: the tools that a server offers beside those that its package was made of.
#pragma once

#include "tools/driver/home/session.h"
#include "tools/driver/packages/made_package.h"

namespace pflow::mcp {

/// Prints what has changed; exit code 1 when a tool of the package has.
int compare(const MadePackage& package, const Options& options, home::Session& session);

}  // namespace pflow::mcp
