/// `pflowc mcp add`: the package of a server, made or made anew.
#pragma once

#include "tools/driver/home/session.h"

namespace pflow::mcp {

int add(const Options& options, home::Session& session);

}  // namespace pflow::mcp
