// OpenAI's Responses.
#include <boost/json.hpp>

#include "stdlib-nodes/models/json_members.h"
#include "stdlib-nodes/models/wire_form.h"

namespace pf_models {
namespace {

namespace json = boost::json;

std::string path(const ModelRequest&) { return "/responses"; }

std::string write(const ModelRequest& request) {
  json::object body;
  body["model"] = request.model;
  body["input"] = json::array{{{"role", "user"}, {"content", request.prompt}}};
  // What is asked stays with who asks.
  body["store"] = false;
  if (request.system) body["instructions"] = *request.system;
  if (request.temperature) body["temperature"] = *request.temperature;
  if (request.max_tokens) body["max_output_tokens"] = *request.max_tokens;
  if (!request.shape.schema.empty())
    body["text"] = {{"format",
                     {{"type", "json_schema"},
                      {"name", "output"},
                      {"schema", json::parse(request.shape.schema)},
                      {"strict", request.shape.strict}}}};
  return json::serialize(body);
}

/// Adds the parts of one message; kinds of parts that are not known are passed over.
void add_message(const json::value& message, Answer& answer) {
  const json::value* content = member(&message, "content");
  const json::array* parts = content ? content->if_array() : nullptr;
  for (size_t i = 0; parts && i < parts->size(); ++i) {
    const json::value& part = (*parts)[i];
    std::string_view type = text_member(&part, "type");
    if (type == "output_text") answer.text += text_member(&part, "text");
    if (type != "refusal") continue;
    answer.ending = Ending::Refusal;
    answer.reason = text_member(&part, "refusal");
  }
}

AnswerResult read(const json::value& body, std::string_view) {
  const json::value* output = member(&body, "output");
  const json::array* items = output ? output->if_array() : nullptr;
  if (!items) return AnswerResult::none(PF_E_MODEL, "the answer of the provider holds no output");
  AnswerResult result;
  Answer& answer = result.answer.emplace();
  bool said = false;
  for (const json::value& item : *items) {
    std::string_view type = text_member(&item, "type");
    if (type == "function_call") answer.ending = Ending::ToolCalls;
    if (type != "message") continue;
    said = true;
    add_message(item, answer);
  }
  std::string_view status = text_member(&body, "status");
  if (status == "incomplete") {
    answer.reason = text_member(member(&body, "incomplete_details"), "reason");
    answer.ending = answer.reason == "content_filter" ? Ending::Filter : Ending::Length;
  } else if (!said && answer.ending == Ending::Whole) {
    return AnswerResult::no_text("status " + std::string(status));
  }
  answer.model = text_member(&body, "model");
  const json::value* usage = member(&body, "usage");
  answer.input_tokens = count_member(usage, "input_tokens");
  answer.output_tokens = count_member(usage, "output_tokens");
  return result;
}

}  // namespace

const WireForm kOpenAiResponses = {path, write, read};

}  // namespace pf_models
