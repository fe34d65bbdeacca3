// Ollama's own chat.
#include <boost/json.hpp>

#include "stdlib-nodes/models/json_members.h"
#include "stdlib-nodes/models/streams/assembler.h"
#include "stdlib-nodes/models/wire_form.h"
#include "stdlib-nodes/models/wires/attached.h"
#include "stdlib-nodes/models/wires/chat_form.h"

namespace pf_models {
namespace {

namespace json = boost::json;

std::string path(const ModelRequest&) { return "/api/chat"; }

json::object said_by_user(const Message& message) {
  json::object said = {{"role", "user"}, {"content", message.text}};
  json::array images;
  for (const Attachment& attachment : message.attachments)
    images.push_back(json::value(base64_of(attachment)));
  if (!images.empty()) said["images"] = std::move(images);
  return said;
}

json::value said_by_assistant(const Message& message) {
  if (message.api == kOllamaChat.name) return value_of(message.original);
  json::object said = {{"role", "assistant"}, {"content", message.text}};
  json::array calls;
  for (const ToolCall& call : message.calls)
    calls.push_back({{"function", {{"name", call.name}, {"arguments", value_of(call.arguments)}}}});
  if (!calls.empty()) said["tool_calls"] = std::move(calls);
  return said;
}

json::object said_by_tool(const ToolResult& result) {
  return {{"role", "tool"}, {"tool_name", result.name}, {"content", result.text}};
}

constexpr ChatForm kForm = {said_by_user, said_by_assistant, said_by_tool, false};

std::string write(const ModelRequest& request) {
  json::object body, options;
  body["model"] = request.model;
  body["messages"] = chat_messages(request, kForm);
  if (!request.tools.empty()) body["tools"] = chat_tools(request, kForm);
  if (!request.shape.schema.empty()) body["format"] = json::parse(request.shape.schema);
  if (request.temperature) options["temperature"] = *request.temperature;
  if (request.max_tokens) options["num_predict"] = *request.max_tokens;
  if (!options.empty()) body["options"] = std::move(options);
  body["stream"] = request.streamed;
  add_options(body, request.options);
  return json::serialize(body);
}

/// A call has no id there.
void read_calls(const json::value* message, Answer& answer) {
  const json::array* list = array_member(message, "tool_calls");
  for (size_t i = 0; list && i < list->size(); ++i) {
    const json::value* function = member(&(*list)[i], "function");
    answer.ending = Ending::ToolCalls;
    answer.calls.push_back({"", std::string(text_member(function, "name")),
                            arguments_text(member(function, "arguments"))});
  }
}

AnswerResult read(const json::value& body, std::string_view) {
  const json::value* message = member(&body, "message");
  if (!message)
    return AnswerResult::none(PF_E_MODEL, "the answer of the provider holds no message");
  AnswerResult result;
  Answer& answer = result.answer.emplace();
  answer.text = text_member(message, "content");
  answer.reason = text_member(&body, "done_reason");
  if (answer.reason == "length") answer.ending = Ending::Length;
  read_calls(message, answer);
  if (member(message, "thinking")) answer.original = json::serialize(*message);
  answer.model = text_member(&body, "model");
  answer.input_tokens = count_member(&body, "prompt_eval_count");
  answer.output_tokens = count_member(&body, "eval_count");
  return result;
}

}  // namespace

const WireForm kOllamaChat = {"ollama_chat", path,           write,
                              read,          Framing::Lines, assemble_ollama_chat};

}  // namespace pf_models
