/// The Model Context Protocol, whatever carries its messages: 2024-11-05 to 2025-11-25, which begin
/// with `initialize`, and 2026-07-28, whose requests stand for themselves.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pflow/abi.h"
#include "runtime/src/serve/mcp_peer.h"

namespace pflow::serve {

/// What HTTP says beside the message.
struct McpHeaders {
  std::optional<std::string> version;  ///< MCP-Protocol-Version
  std::optional<std::string> method;   ///< Mcp-Method
  std::optional<std::string> name;     ///< Mcp-Name
  std::string session;                 ///< Mcp-Session-Id
};

/// Takes a message. False: it gets no answer. `headers` is null where there are none.
bool take_mcp_message(const pf_program& program, std::string_view text, const McpHeaders* headers,
                      McpPeer& peer);
/// It hears no more, and its calls are cancelled.
void leave_mcp_peer(McpPeer& peer);

}  // namespace pflow::serve
