/// The server over standard input and output.
#pragma once

#include <string>

#include "tools/driver/driver_env.h"

namespace pflow::lsp {

/// Runs until `exit`, or until standard input ends. Returns the exit code.
[[nodiscard]] int serve_stdio(DriverEnv& env, const sema::NodePath& nodes,
                              const std::string& pages);

}  // namespace pflow::lsp
