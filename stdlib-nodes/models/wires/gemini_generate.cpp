// Gemini's generateContent.
#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "pflow/percent.hpp"
#include "stdlib-nodes/models/json_members.h"
#include "stdlib-nodes/models/streams/assembler.h"
#include "stdlib-nodes/models/wire_form.h"
#include "stdlib-nodes/models/wires/attached.h"

namespace pf_models {
namespace {

namespace json = boost::json;

std::string path(const ModelRequest& request) {
  std::string made = "/v1beta/models/";
  pflow::percent_encode(request.model, [&](std::string_view piece) { made += piece; });
  return made + (request.streamed ? ":streamGenerateContent?alt=sse" : ":generateContent");
}

json::object content(std::string_view role, json::array parts) {
  return {{"parts", std::move(parts)}, {"role", role}};
}

json::array text_part(std::string_view text) { return {{{"text", text}}}; }

json::object shown(const Attachment& attachment) {
  if (!attachment.url.empty())
    return {{"fileData", {{"mimeType", attachment.media_type}, {"fileUri", attachment.url}}}};
  return {{"inlineData", {{"mimeType", attachment.media_type}, {"data", base64_of(attachment)}}}};
}

json::value said_by_user(const Message& message) {
  json::array parts;
  for (const Attachment& attachment : message.attachments) parts.push_back(shown(attachment));
  if (!message.text.empty() || parts.empty()) parts.push_back({{"text", message.text}});
  return content("user", std::move(parts));
}

json::value said_by_model(const Message& message) {
  if (message.api == kGeminiGenerate.name) return value_of(message.original);
  json::array parts;
  if (!message.text.empty() || message.calls.empty()) parts = text_part(message.text);
  for (const ToolCall& call : message.calls) {
    json::object made = {{"name", call.name}, {"args", value_of(call.arguments)}};
    if (!call.id.empty()) made["id"] = call.id;
    parts.push_back({{"functionCall", std::move(made)}});
  }
  return content("model", std::move(parts));
}

json::array results_of(const Message& message) {
  json::array parts;
  for (const ToolResult& result : message.results) {
    json::object made = {
        {"name", result.name},
        {"response", json::object{{result.failed ? "error" : "output", result.text}}}};
    if (!result.id.empty()) made["id"] = result.id;
    parts.push_back({{"functionResponse", std::move(made)}});
  }
  return parts;
}

json::array contents_of(const ModelRequest& request) {
  json::array contents;
  for (const Message& message : request.messages) switch (message.role) {
      case Role::System: break;  // they stand above all
      case Role::User: contents.push_back(said_by_user(message)); break;
      case Role::Assistant: contents.push_back(said_by_model(message)); break;
      case Role::Tool: contents.push_back(content("user", results_of(message)));
    }
  return contents;
}

json::array tools_of(const ModelRequest& request) {
  json::array functions;
  for (const ToolSpec& tool : request.tools) {
    json::object made = {{"name", tool.name}};
    if (!tool.doc.empty()) made["description"] = tool.doc;
    made["parametersJsonSchema"] = json::parse(tool.arguments.schema);
    functions.push_back(std::move(made));
  }
  return {{{"functionDeclarations", std::move(functions)}}};
}

std::string write(const ModelRequest& request) {
  json::object body, config;
  body["contents"] = contents_of(request);
  std::string system = whole_system(request);
  if (!system.empty()) body["systemInstruction"] = content("user", text_part(system));
  if (request.temperature) config["temperature"] = *request.temperature;
  if (request.max_tokens) config["maxOutputTokens"] = *request.max_tokens;
  if (!request.shape.schema.empty()) {
    config["responseMimeType"] = "application/json";
    config["responseJsonSchema"] = json::parse(request.shape.schema);
  }
  if (!request.tools.empty()) body["tools"] = tools_of(request);
  if (!config.empty()) body["generationConfig"] = std::move(config);
  add_options(body, request.options);
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
  answer.cached_tokens = count_member(usage, "cachedContentTokenCount");
  answer.reasoning_tokens = count_member(usage, "thoughtsTokenCount");
  answer.output_tokens = count_member(usage, "candidatesTokenCount") + answer.reasoning_tokens;
}

bool is_thought(const json::value& part) {
  const json::value* thought = member(&part, "thought");
  return thought && thought->is_bool() && thought->as_bool();
}

void read_call(const json::value& call, Answer& answer) {
  answer.ending = Ending::ToolCalls;
  answer.calls.push_back({std::string(text_member(&call, "id")),
                          std::string(text_member(&call, "name")),
                          arguments_text(member(&call, "args"))});
}

void read_content(const json::value* content, Answer& answer) {
  const json::array* all = array_member(content, "parts");
  bool more = false;
  for (size_t i = 0; all && i < all->size(); ++i) {
    const json::value& part = (*all)[i];
    if (const json::value* call = member(&part, "functionCall")) read_call(*call, answer);
    more = more || is_thought(part) || member(&part, "thoughtSignature");
    if (!is_thought(part)) answer.text += text_member(&part, "text");
  }
  if (more) answer.original = json::serialize(*content);
}

AnswerResult read(const json::value& body, std::string_view) {
  AnswerResult result;
  Answer& answer = result.answer.emplace();
  answer.model = text_member(&body, "modelVersion");
  read_usage(body, answer);
  const json::array* list = array_member(&body, "candidates");
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
  read_content(member(&list->front(), "content"), answer);
  if (!answer.text.empty() || answer.ending != Ending::Whole) return result;
  return AnswerResult::no_text(answer.reason);
}

}  // namespace

const WireForm kGeminiGenerate = {"gemini_generate",       path, write, read, Framing::Sse,
                                  assemble_gemini_generate};

}  // namespace pf_models
