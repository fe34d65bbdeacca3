/// The messages of a conversation with a model, whatever its provider's API.
#pragma once

#include <stdint.h>

#include <string>
#include <vector>

#include "pflow/node.hpp"

namespace pf_models {

enum class Role : uint8_t { System, User, Assistant, Tool };

/// What a model asks of a tool.
struct ToolCall {
  std::string id;
  std::string name;
  std::string arguments;  ///< JSON, an object
};

struct ToolResult {
  std::string id;  ///< of the call
  std::string name;
  std::string text;
  bool failed = false;
};

/// A picture, a document or a sound that is shown beside a text.
struct Attachment {
  std::string media_type;
  std::string name;  ///< may be empty
  pflow::Text data;  ///< empty when it is at …
  std::string url;
};

struct Message {
  Role role = Role::User;
  std::string text;
  std::vector<Attachment> attachments;  ///< of the user
  std::vector<ToolCall> calls;          ///< of the assistant
  std::vector<ToolResult> results;      ///< of tools
  /// What the assistant said, as JSON of the API `api`, where that holds more than text and calls
  /// (reasoning, signatures): it goes back to that API unchanged. Else empty.
  std::string original;
  std::string api;
};

}  // namespace pf_models
