// Gemini's generateContent.
#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "pflow/percent.hpp"
#include "stdlib-nodes/models/json_members.h"
#include "stdlib-nodes/models/wire_form.h"

namespace pf_models {
namespace {

namespace json = boost::json;

std::string path(const ModelRequest& request) {
  std::string made = "/v1beta/models/";
  pflow::percent_encode(request.model, [&](std::string_view piece) { made += piece; });
  return made + ":generateContent";
}

json::object content(std::string_view text) {
  return {{"parts", json::array{{{"text", text}}}}, {"role", "user"}};
}

std::string write(const ModelRequest& request) {
  json::object body, config;
  body["contents"] = json::array{content(request.prompt)};
  if (request.system) body["systemInstruction"] = content(*request.system);
  if (request.temperature) config["temperature"] = *request.temperature;
  if (request.max_tokens) config["maxOutputTokens"] = *request.max_tokens;
  if (!request.shape.schema.empty()) {
    config["responseMimeType"] = "application/json";
    config["responseJsonSchema"] = json::parse(request.shape.schema);
  }
  if (!config.empty()) body["generationConfig"] = std::move(config);
  return json::serialize(body);
}

Ending ending_of(std::string_view reason) {
  constexpr std::array<std::string_view, 3> kCalls = {
      "MALFORMED_FUNCTION_CALL", "UNEXPECTED_TOOL_CALL", "TOO_MANY_TOOL_CALLS"};
  if (reason.empty() || reason == "STOP" || reason == "FINISH_REASON_UNSPECIFIED")
    return Ending::Whole;
  if (reason == "MAX_TOKENS") return Ending::Length;
  return std::ranges::find(kCalls, reason) != kCalls.end() ? Ending::ToolCalls : Ending::Filter;
}

void read_usage(const json::value& body, Answer& answer) {
  const json::value* usage = member(&body, "usageMetadata");
  answer.input_tokens = count_member(usage, "promptTokenCount");
  answer.output_tokens =
      count_member(usage, "candidatesTokenCount") + count_member(usage, "thoughtsTokenCount");
}

AnswerResult read(const json::value& body, std::string_view) {
  AnswerResult result;
  Answer& answer = result.answer.emplace();
  answer.model = text_member(&body, "modelVersion");
  read_usage(body, answer);
  const json::value* candidates = member(&body, "candidates");
  const json::array* list = candidates ? candidates->if_array() : nullptr;
  std::string_view blocked = text_member(member(&body, "promptFeedback"), "blockReason");
  if (!blocked.empty()) {
    answer.ending = Ending::Filter;
    answer.reason = blocked;
    return result;
  }
  if (!list || list->empty())
    return AnswerResult::none(PF_E_MODEL, "the answer of the provider holds no candidates");
  answer.reason = text_member(&list->front(), "finishReason");
  answer.ending = ending_of(answer.reason);
  const json::value* parts = member(member(&list->front(), "content"), "parts");
  const json::array* all = parts ? parts->if_array() : nullptr;
  bool said = false;
  for (size_t i = 0; all && i < all->size(); ++i) {
    const json::value& part = (*all)[i];
    if (member(&part, "functionCall")) answer.ending = Ending::ToolCalls;
    const json::value* thought = member(&part, "thought");
    if (!member(&part, "text") || (thought && thought->is_bool() && thought->as_bool())) continue;
    said = true;
    answer.text += text_member(&part, "text");
  }
  if (!said && answer.ending == Ending::Whole) return AnswerResult::no_text(answer.reason);
  return result;
}

}  // namespace

const WireForm kGeminiGenerate = {path, write, read};

}  // namespace pf_models
