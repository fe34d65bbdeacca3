/// What OpenAI's chat completions and Ollama's chat have in common: messages of roles, and tools
/// that are functions.
#pragma once

#include <boost/json/fwd.hpp>

#include "stdlib-nodes/models/model_request.h"

namespace pf_models {

/// What is each API's own.
struct ChatForm {
  boost::json::object (*user)(const Message& message);
  boost::json::value (*assistant)(const Message& message);
  boost::json::object (*result)(const ToolResult& result);
  bool strict;  ///< whether a tool may say that its arguments are held to its schema
};

boost::json::array chat_messages(const ModelRequest& request, const ChatForm& form);
boost::json::array chat_tools(const ModelRequest& request, const ChatForm& form);

}  // namespace pf_models
