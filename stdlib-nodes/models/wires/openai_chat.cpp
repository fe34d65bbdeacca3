// OpenAI's chat completions, which many servers speak.
#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "stdlib-nodes/models/choice/model_facts.h"
#include "stdlib-nodes/models/json_members.h"
#include "stdlib-nodes/models/streams/assembler.h"
#include "stdlib-nodes/models/wire_form.h"
#include "stdlib-nodes/models/wires/attached.h"
#include "stdlib-nodes/models/wires/chat_form.h"

namespace pf_models {
namespace {

namespace json = boost::json;

/// The words of servers that speak this API, their own and those that they pass on.
Ending ending_of(std::string_view reason) {
  constexpr std::array<std::string_view, 4> kLength = {"length", "max_tokens", "MAX_TOKENS",
                                                       "model_length"};
  constexpr std::array<std::string_view, 8> kFilter = {
      "content_filter", "content-filter",     "safety",    "SAFETY",
      "RECITATION",     "PROHIBITED_CONTENT", "BLOCKLIST", "SPII"};
  if (std::ranges::find(kLength, reason) != kLength.end()) return Ending::Length;
  if (reason == "tool_calls" || reason == "function_call") return Ending::ToolCalls;
  return std::ranges::find(kFilter, reason) != kFilter.end() ? Ending::Filter : Ending::Whole;
}

/// The content of a message: a text, or parts of which the texts count.
std::optional<std::string> content_of(const json::value* message) {
  const json::value* content = member(message, "content");
  if (!content) return std::nullopt;
  if (const json::string* text = content->if_string()) return std::string(*text);
  const json::array* parts = content->if_array();
  if (!parts) return std::nullopt;
  std::string made;
  for (const json::value& part : *parts) made += text_member(&part, "text");
  return made;
}

/// Why the model will not answer; servers send the field empty, too.
std::string refusal_of(const json::value* message) {
  std::string_view refusal = text_member(message, "refusal");
  const json::array* parts = array_member(message, "content");
  for (size_t i = 0; parts && i < parts->size() && is_blank(refusal); ++i)
    refusal = text_member(&(*parts)[i], "refusal");
  return is_blank(refusal) ? "" : std::string(refusal);
}

void read_calls(const json::value* message, Answer& answer) {
  const json::array* list = array_member(message, "tool_calls");
  for (size_t i = 0; list && i < list->size(); ++i) {
    const json::value* function = member(&(*list)[i], "function");
    answer.calls.push_back({std::string(text_member(&(*list)[i], "id")),
                            std::string(text_member(function, "name")),
                            arguments_text(member(function, "arguments"))});
  }
}

/// Whether a message of the assistant says more than text and calls, which is to go back.
bool holds_more(const json::value* message) {
  constexpr std::array<std::string_view, 7> kKnown = {
      "role", "content", "refusal", "annotations", "audio", "function_call", "tool_calls"};
  const json::object* object = message ? message->if_object() : nullptr;
  return object && std::ranges::any_of(*object, [&](const auto& field) {
           std::string_view name = field.key();
           return std::ranges::find(kKnown, name) == kKnown.end() && !field.value().is_null();
         });
}

void read_usage(const json::value& body, Answer& answer) {
  const json::value* usage = member(&body, "usage");
  answer.input_tokens = count_member(usage, "prompt_tokens");
  answer.cached_tokens = count_member(member(usage, "prompt_tokens_details"), "cached_tokens");
  answer.output_tokens = count_member(usage, "completion_tokens");
  answer.reasoning_tokens =
      count_member(member(usage, "completion_tokens_details"), "reasoning_tokens");
  if (const json::value* cost = member(usage, "cost"); cost && cost->is_number()) {
    boost::system::error_code error;
    answer.cost = cost->to_number<double>(error);
  }
}

AnswerResult read(const json::value& body, std::string_view) {
  const json::array* list = array_member(&body, "choices");
  if (!list || list->empty())
    return AnswerResult::none(PF_E_MODEL, "the answer of the provider holds no choices");
  const json::value* choice = &list->front();
  const json::value* message = member(choice, "message");
  AnswerResult result;
  Answer& answer = result.answer.emplace();
  answer.reason = text_member(choice, "finish_reason");
  answer.ending = ending_of(answer.reason);
  answer.model = text_member(&body, "model");
  read_usage(body, answer);
  if (std::string refusal = refusal_of(message); !refusal.empty()) {
    answer.ending = Ending::Refusal;
    answer.reason = refusal;
  }
  read_calls(message, answer);
  if (holds_more(message)) answer.original = json::serialize(*message);
  std::optional<std::string> content = content_of(message);
  if (!content && answer.ending == Ending::Whole) return AnswerResult::no_text(answer.reason);
  answer.text = content.value_or("");
  return result;
}

json::object shown(const Attachment& attachment) {
  switch (kind_of(attachment)) {
    case MediaKind::Image: break;
    case MediaKind::Pdf:
      return {{"type", "file"},
              {"file",
               {{"filename", file_name_of(attachment)}, {"file_data", address_of(attachment)}}}};
    case MediaKind::Audio:
      return {{"type", "input_audio"},
              {"input_audio",
               {{"data", base64_of(attachment)},
                {"format", attachment.media_type == "audio/wav" ? "wav" : "mp3"}}}};
  }
  return {{"type", "image_url"}, {"image_url", {{"url", address_of(attachment)}}}};
}

json::object said_by_user(const Message& message) {
  if (message.attachments.empty()) return {{"role", "user"}, {"content", message.text}};
  json::array parts;
  if (!message.text.empty()) parts.push_back({{"type", "text"}, {"text", message.text}});
  for (const Attachment& attachment : message.attachments) parts.push_back(shown(attachment));
  return {{"role", "user"}, {"content", std::move(parts)}};
}

json::array calls_of(const Message& message) {
  json::array calls;
  for (const ToolCall& call : message.calls)
    calls.push_back({{"id", call.id},
                     {"type", "function"},
                     {"function", {{"name", call.name}, {"arguments", call.arguments}}}});
  return calls;
}

json::value said_by_assistant(const Message& message) {
  if (message.api == kOpenAiChat.name) return value_of(message.original);
  json::object said = {{"role", "assistant"}, {"content", message.text}};
  if (message.calls.empty()) return said;
  if (message.text.empty()) said["content"] = nullptr;
  said["tool_calls"] = calls_of(message);
  return said;
}

json::object said_by_tool(const ToolResult& result) {
  return {{"role", "tool"}, {"tool_call_id", result.id}, {"content", result.text}};
}

constexpr ChatForm kForm = {said_by_user, said_by_assistant, said_by_tool, true};

std::string write(const ModelRequest& request) {
  json::object body;
  body["model"] = request.model;
  body["messages"] = chat_messages(request, kForm);
  if (request.temperature) body["temperature"] = *request.temperature;
  if (request.max_tokens)
    body[request.facts->tokens == TokenField::Completion ? "max_completion_tokens" : "max_tokens"] =
        *request.max_tokens;
  if (!request.shape.schema.empty()) {
    json::object schema = {{"name", "output"}, {"schema", json::parse(request.shape.schema)}};
    if (request.shape.strict) schema["strict"] = true;
    body["response_format"] = {{"type", "json_schema"}, {"json_schema", std::move(schema)}};
  }
  if (!request.tools.empty()) body["tools"] = chat_tools(request, kForm);
  if (request.streamed) {
    body["stream"] = true;
    body["stream_options"] = {{"include_usage", true}};
  }
  add_options(body, request.options);
  return json::serialize(body);
}

std::string path(const ModelRequest&) { return "/chat/completions"; }

}  // namespace

const WireForm kOpenAiChat = {"openai_chat", path, write, read, Framing::Sse, assemble_openai_chat};

}  // namespace pf_models
