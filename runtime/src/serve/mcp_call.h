/// A `tools/call` in flight.
#pragma once

#include <boost/json.hpp>
#include <string_view>

#include "pflow/serve.h"
#include "runtime/src/serve/mcp_peer.h"
#include "runtime/src/serve/mcp_request.h"

namespace pflow::serve {

/// Answers to `peer`, perhaps before it returns.
void call_tool(const pf_program& program, const McpRequest& request, const pf_served& flow,
               const boost::json::object& arguments, const boost::json::value* progress_token,
               McpPeer& peer);

/// Whether a request of this id is in flight.
[[nodiscard]] bool is_tool_called(std::string_view session, const boost::json::value& id);
/// That request gets no answer.
void cancel_tool(std::string_view session, const boost::json::value& id);
void leave_tools(McpPeer& peer);

}  // namespace pflow::serve
