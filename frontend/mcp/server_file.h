/// The file `NAME.mcp.json` beside a program: how a server of MCP is reached, and its tools as they
/// were read (docs/mcp.md).
///
///   { "server": { "command": "npx", "args": ["-y", "server-notes"] },
///     "tools": { "find": { "inputSchema": { … } } } }
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "support/result.h"

namespace pflow::mcp {

/// The ending of its name.
inline constexpr std::string_view kServerFile = ".mcp.json";

struct ServerFile {
  bool is_remote = false;                                  ///< it has an address, no command
  std::string server;                                      ///< the member `server`, as compact JSON
  std::vector<std::pair<std::string, std::string>> tools;  ///< by name, each as compact JSON

  /// Null when the server has no such tool.
  [[nodiscard]] const std::string* tool(std::string_view name) const;
};

/// The message of a failure goes on behind the name of the file: `line 3: …`.
[[nodiscard]] Result<ServerFile> read_server_file(std::string_view text);

}  // namespace pflow::mcp
