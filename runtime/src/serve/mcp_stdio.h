/// MCP on standard input and output: a message a line.
#pragma once

#include "pflow/abi.h"

namespace pflow::serve {

/// Until standard input ends; the exit code.
[[nodiscard]] int run_mcp_stdio(const pf_program& program);

}  // namespace pflow::serve
