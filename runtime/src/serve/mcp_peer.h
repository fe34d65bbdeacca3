/// Who sends messages of MCP.
#pragma once

#include <string>

namespace pflow::serve {

/// Where a message came from, and answers go.
class McpPeer {
 public:
  virtual ~McpPeer() = default;
  /// The answer to a request; `status` is what HTTP says of it.
  virtual void answer(std::string message, int status) = 0;
  /// Of a request that is still to be answered.
  virtual void notify(std::string message) = 0;
  /// The answer that follows begins a session of the older protocol.
  virtual void begins_session() {}
  /// The client has cancelled its request.
  virtual void gets_no_answer() {}
};

}  // namespace pflow::serve
