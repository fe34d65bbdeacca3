/// `/mcp`: MCP over streamable HTTP.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/serve/http_connection.h"

namespace pflow::serve {

/// A message of a client, as a POST.
void answer_mcp(HttpConnection& connection, const pf_program& program);

}  // namespace pflow::serve
