/// Messages of JSON-RPC, as MCP has them.
#pragma once

#include <stdint.h>

#include <string>
#include <string_view>

#include "members.h"

namespace pf_mcp {

/// What the server has sent: an answer, a request or a notification.
class Message {
 public:
  /// False when the text is no message.
  bool read(std::string_view text);

  /// Null in notifications, and in errors about what could not be read.
  [[nodiscard]] const pf_json* id() const { return id_; }
  /// The number of one of our requests; 0 when its id is none.
  [[nodiscard]] int64_t answers() const;
  /// Empty in an answer.
  [[nodiscard]] std::string_view method() const { return text_member(&whole_.get(), "method"); }
  [[nodiscard]] const pf_json* params() const { return member(&whole_.get(), "params"); }
  [[nodiscard]] const pf_json* result() const { return member(&whole_.get(), "result"); }
  [[nodiscard]] const pf_json* error() const { return member(&whole_.get(), "error"); }

 private:
  Json whole_;
  const pf_json* id_ = nullptr;
};

/// What an error says, with its code: `Unknown tool (-32602)`.
std::string error_text(const pf_json* error);
int64_t error_code(const pf_json* error);

/// `params` are the members of the parameters as JSON, `"name":"add"`, or empty.
std::string request(int64_t id, std::string_view method, std::string_view params);
std::string notification(std::string_view method, std::string_view params);

}  // namespace pf_mcp
