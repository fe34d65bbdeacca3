/// `/mcp`: MCP over streamable HTTP.
#pragma once

#include "pflow/abi.h"
#include "runtime/src/serve/http_responder.h"

namespace pflow::serve {

/// A message of a client, as a POST.
void answer_mcp(HttpResponder& responder, const pf_program& program);

}  // namespace pflow::serve
