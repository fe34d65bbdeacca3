/// Flows as tools of MCP.
#pragma once

#include <boost/json.hpp>

#include "pflow/abi.h"

namespace pflow::serve {

/// The array `tools`, in the order of the program.
[[nodiscard]] boost::json::array mcp_tools(const pf_program& program);

}  // namespace pflow::serve
