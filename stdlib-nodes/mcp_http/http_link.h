/// A server with an address: streamable HTTP, in both forms of the protocol.
#pragma once

#include "stdlib-nodes/mcp/link.h"

namespace pf_mcp {

Link* start_http(const Settings& settings, Client& client, std::string* problem);

}  // namespace pf_mcp
