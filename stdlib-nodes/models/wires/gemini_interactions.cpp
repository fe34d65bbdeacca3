// Gemini's Interactions.
#include <algorithm>
#include <array>
#include <boost/json.hpp>

#include "stdlib-nodes/models/json_members.h"
#include "stdlib-nodes/models/provider_error.h"
#include "stdlib-nodes/models/streams/assembler.h"
#include "stdlib-nodes/models/wire_form.h"
#include "stdlib-nodes/models/wires/attached.h"

namespace pf_models {
namespace {

namespace json = boost::json;

std::string path(const ModelRequest&) { return "/v1beta/interactions"; }

json::array text_content(std::string_view text) { return {{{"type", "text"}, {"text", text}}}; }

json::object step(std::string_view type, json::array content) {
  return {{"type", type}, {"content", std::move(content)}};
}

json::object shown(const Attachment& attachment) {
  MediaKind kind = kind_of(attachment);
  const char* type = kind == MediaKind::Image ? "image"
                     : kind == MediaKind::Pdf ? "document"
                                              : "audio";
  json::object made = {{"type", type}, {"mime_type", attachment.media_type}};
  if (attachment.url.empty())
    made["data"] = base64_of(attachment);
  else
    made["uri"] = attachment.url;
  return made;
}

json::object said_by_user(const Message& message) {
  json::array content;
  for (const Attachment& attachment : message.attachments) content.push_back(shown(attachment));
  if (!message.text.empty() || content.empty())
    content.push_back({{"type", "text"}, {"text", message.text}});
  return step("user_input", std::move(content));
}

void add_said(json::array& input, const Message& message) {
  if (message.api == kGeminiInteractions.name) {
    json::value steps = value_of(message.original);
    if (json::array* list = steps.if_array())
      for (json::value& each : *list) input.push_back(std::move(each));
    return;
  }
  if (!message.text.empty() || message.calls.empty())
    input.push_back(step("model_output", text_content(message.text)));
  for (const ToolCall& call : message.calls)
    input.push_back({{"type", "function_call"},
                     {"id", call.id},
                     {"name", call.name},
                     {"arguments", value_of(call.arguments)}});
}

void add_results(json::array& input, const Message& message) {
  for (const ToolResult& result : message.results) {
    json::object made = {{"type", "function_result"},
                         {"call_id", result.id},
                         {"name", result.name},
                         {"result", result.text}};
    if (result.failed) made["is_error"] = true;
    input.push_back(std::move(made));
  }
}

json::array input_of(const ModelRequest& request) {
  json::array input;
  for (const Message& message : request.messages) switch (message.role) {
      case Role::System: break;  // they stand above all
      case Role::User: input.push_back(said_by_user(message)); break;
      case Role::Assistant: add_said(input, message); break;
      case Role::Tool: add_results(input, message);
    }
  return input;
}

json::array tools_of(const ModelRequest& request) {
  json::array tools;
  for (const ToolSpec& tool : request.tools) {
    json::object made = {{"type", "function"}, {"name", tool.name}};
    if (!tool.doc.empty()) made["description"] = tool.doc;
    made["parameters"] = json::parse(tool.arguments.schema);
    tools.push_back(std::move(made));
  }
  return tools;
}

std::string write(const ModelRequest& request) {
  json::object body, config;
  body["model"] = request.model;
  body["input"] = input_of(request);
  // What is asked stays with who asks.
  body["store"] = false;
  std::string system = whole_system(request);
  if (!system.empty()) body["system_instruction"] = system;
  if (request.temperature) config["temperature"] = *request.temperature;
  if (request.max_tokens) config["max_output_tokens"] = *request.max_tokens;
  if (!config.empty()) body["generation_config"] = std::move(config);
  if (!request.shape.schema.empty())
    body["response_format"] = {{"type", "text"},
                               {"mime_type", "application/json"},
                               {"schema", json::parse(request.shape.schema)}};
  if (!request.tools.empty()) body["tools"] = tools_of(request);
  if (request.streamed) body["stream"] = true;
  add_options(body, request.options);
  return json::serialize(body);
}

/// Whether a filter is meant by the code of an error.
bool is_filter(std::string_view code) {
  constexpr std::array<std::string_view, 5> kWords = {"safety", "block", "prohibited", "recitation",
                                                      "spii"};
  std::string lower(code);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return std::ranges::any_of(kWords, [&](auto word) { return lower.find(word) != lower.npos; });
}

/// The words of an answer that failed: its filter's, else why there is none.
AnswerResult read_failure(const json::value& body, std::string_view text, AnswerResult read) {
  const json::value* errors = member(&body, "errors");
  const json::array* list = errors ? errors->if_array() : nullptr;
  const json::value* first = list && !list->empty() ? &list->front() : nullptr;
  if (!is_filter(text_member(first, "code")))
    return AnswerResult::none(PF_E_MODEL, "the provider answered with an error: " +
                                              said_by(first ? errors : nullptr, text));
  read.answer->ending = Ending::Filter;
  read.answer->reason = said_by(first, "");
  return read;
}

void read_step(const json::value& step, Answer& answer, bool& more) {
  std::string_view type = text_member(&step, "type");
  more = more || (type != "model_output" && type != "function_call");
  if (type == "function_call")
    answer.calls.push_back({std::string(text_member(&step, "id")),
                            std::string(text_member(&step, "name")),
                            arguments_text(member(&step, "arguments"))});
  const json::value* content = type == "model_output" ? member(&step, "content") : nullptr;
  const json::array* parts = content ? content->if_array() : nullptr;
  for (size_t i = 0; parts && i < parts->size(); ++i)
    answer.text += text_member(&(*parts)[i], "text");
}

void read_usage(const json::value& body, Answer& answer) {
  const json::value* usage = member(&body, "usage");
  answer.input_tokens = count_member(usage, "total_input_tokens");
  answer.cached_tokens = count_member(usage, "total_cached_tokens");
  answer.reasoning_tokens = count_member(usage, "total_thought_tokens");
  answer.output_tokens = count_member(usage, "total_output_tokens") + answer.reasoning_tokens;
}

Ending ending_of(std::string_view status, const Answer& answer) {
  constexpr std::array<std::string_view, 3> kCut = {"incomplete", "budget_exceeded",
                                                    "requires_continuation"};
  if (std::ranges::find(kCut, status) != kCut.end()) return Ending::Length;
  return status == "requires_action" || !answer.calls.empty() ? Ending::ToolCalls : Ending::Whole;
}

AnswerResult read(const json::value& body, std::string_view text) {
  const json::array* list = array_member(&body, "steps");
  std::string_view status = text_member(&body, "status");
  AnswerResult result;
  Answer& answer = result.answer.emplace();
  bool more = false;
  for (size_t i = 0; list && i < list->size(); ++i) read_step((*list)[i], answer, more);
  if (more) answer.original = json::serialize(*list);
  answer.model = text_member(&body, "model");
  read_usage(body, answer);
  if (status == "failed" || status == "cancelled")
    return read_failure(body, text, std::move(result));
  if (!list) return AnswerResult::none(PF_E_MODEL, "the answer of the provider holds no steps");
  answer.reason = status;
  answer.ending = ending_of(status, answer);
  if (!answer.text.empty() || answer.ending != Ending::Whole) return result;
  return AnswerResult::no_text("status " + answer.reason);
}

}  // namespace

const WireForm kGeminiInteractions = {"gemini_interactions",       path, write, read, Framing::Sse,
                                      assemble_gemini_interactions};

}  // namespace pf_models
