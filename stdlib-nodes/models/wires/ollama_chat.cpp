// Ollama's own chat.
#include <boost/json.hpp>

#include "stdlib-nodes/models/json_members.h"
#include "stdlib-nodes/models/wire_form.h"

namespace pf_models {
namespace {

namespace json = boost::json;

std::string path(const ModelRequest&) { return "/api/chat"; }

std::string write(const ModelRequest& request) {
  json::array messages;
  if (request.system) messages.push_back({{"role", "system"}, {"content", *request.system}});
  messages.push_back({{"role", "user"}, {"content", request.prompt}});
  json::object body, options;
  body["model"] = request.model;
  body["messages"] = std::move(messages);
  if (!request.shape.schema.empty()) body["format"] = json::parse(request.shape.schema);
  if (request.temperature) options["temperature"] = *request.temperature;
  if (request.max_tokens) options["num_predict"] = *request.max_tokens;
  if (!options.empty()) body["options"] = std::move(options);
  body["stream"] = false;
  return json::serialize(body);
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
  const json::value* calls = member(message, "tool_calls");
  if (calls && calls->is_array() && !calls->as_array().empty()) answer.ending = Ending::ToolCalls;
  answer.model = text_member(&body, "model");
  answer.input_tokens = count_member(&body, "prompt_eval_count");
  answer.output_tokens = count_member(&body, "eval_count");
  return result;
}

}  // namespace

const WireForm kOllamaChat = {path, write, read};

}  // namespace pf_models
