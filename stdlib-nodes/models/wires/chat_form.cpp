#include "chat_form.h"

#include <boost/json.hpp>
#include <utility>

namespace pf_models {
namespace {

namespace json = boost::json;

void add_message(json::array& messages, const Message& message, const ChatForm& form) {
  switch (message.role) {
    case Role::System: messages.push_back({{"role", "system"}, {"content", message.text}}); break;
    case Role::User: messages.push_back(form.user(message)); break;
    case Role::Assistant: messages.push_back(form.assistant(message)); break;
    case Role::Tool:
      for (const ToolResult& result : message.results) messages.push_back(form.result(result));
  }
}

}  // namespace

json::array chat_messages(const ModelRequest& request, const ChatForm& form) {
  json::array messages;
  if (request.system) messages.push_back({{"role", "system"}, {"content", *request.system}});
  for (const Message& message : request.messages) add_message(messages, message, form);
  return messages;
}

json::array chat_tools(const ModelRequest& request, const ChatForm& form) {
  json::array tools;
  for (const ToolSpec& tool : request.tools) {
    json::object function = {{"name", tool.name}};
    if (!tool.doc.empty()) function["description"] = tool.doc;
    function["parameters"] = json::parse(tool.arguments.schema);
    if (form.strict && tool.arguments.strict) function["strict"] = true;
    tools.push_back({{"type", "function"}, {"function", std::move(function)}});
  }
  return tools;
}

}  // namespace pf_models
