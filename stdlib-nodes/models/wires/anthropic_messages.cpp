// Anthropic's Messages.
#include <boost/json.hpp>

#include "stdlib-nodes/models/json_members.h"
#include "stdlib-nodes/models/model_facts.h"
#include "stdlib-nodes/models/wire_form.h"

namespace pf_models {
namespace {

namespace json = boost::json;

std::string path(const ModelRequest&) { return "/v1/messages"; }

/// Whether the model can be held to the shape: every object must say all its members, and
/// none may hold itself.
bool holds_shape(const ModelRequest& request) {
  return request.facts->shape == ShapeForm::Schema && request.shape.strict &&
         !request.shape.recursive;
}

std::string write(const ModelRequest& request) {
  json::object body;
  body["model"] = request.model;
  body["max_tokens"] = request.max_tokens.value_or(request.facts->most_tokens);
  body["messages"] = json::array{{{"role", "user"}, {"content", request.prompt}}};
  bool shaped = request.shape.schema.empty() || holds_shape(request);
  std::string system =
      shaped ? std::string(request.system.value_or("")) : system_with_shape(request);
  if (!system.empty()) body["system"] = system;
  if (request.temperature) body["temperature"] = *request.temperature;
  if (!request.shape.schema.empty() && shaped)
    body["output_config"] = {
        {"format", {{"type", "json_schema"}, {"schema", json::parse(request.shape.schema)}}}};
  return json::serialize(body);
}

Ending ending_of(std::string_view reason) {
  if (reason == "max_tokens" || reason == "model_context_window_exceeded") return Ending::Length;
  if (reason == "refusal") return Ending::Refusal;
  return reason == "tool_use" ? Ending::ToolCalls : Ending::Whole;
}

AnswerResult read(const json::value& body, std::string_view) {
  const json::value* content = member(&body, "content");
  const json::array* blocks = content ? content->if_array() : nullptr;
  if (!blocks) return AnswerResult::none(PF_E_MODEL, "the answer of the provider holds no content");
  AnswerResult result;
  Answer& answer = result.answer.emplace();
  answer.reason = text_member(&body, "stop_reason");
  answer.ending = ending_of(answer.reason);
  bool said = false;
  for (const json::value& block : *blocks) {
    if (text_member(&block, "type") != "text") continue;
    said = true;
    answer.text += text_member(&block, "text");
  }
  if (!said && answer.ending == Ending::Whole) return AnswerResult::no_text(answer.reason);
  std::string_view why = text_member(member(&body, "stop_details"), "explanation");
  if (answer.ending == Ending::Refusal && !why.empty()) answer.reason = why;
  answer.model = text_member(&body, "model");
  // What the cache gave or took is not in `input_tokens`.
  const json::value* usage = member(&body, "usage");
  answer.input_tokens = count_member(usage, "input_tokens") +
                        count_member(usage, "cache_creation_input_tokens") +
                        count_member(usage, "cache_read_input_tokens");
  answer.output_tokens = count_member(usage, "output_tokens");
  return result;
}

}  // namespace

const WireForm kAnthropicMessages = {path, write, read};

}  // namespace pf_models
