// Anthropic's Messages.
#include <boost/json.hpp>

#include "runtime/include/pflow/tables/schema_limits.h"
#include "stdlib-nodes/models/choice/model_facts.h"
#include "stdlib-nodes/models/json_members.h"
#include "stdlib-nodes/models/streams/assembler.h"
#include "stdlib-nodes/models/wire_form.h"
#include "stdlib-nodes/models/wires/attached.h"

namespace pf_models {
namespace {

namespace json = boost::json;

std::string path(const ModelRequest&) { return "/v1/messages"; }

/// Whether a model can be held to the shape: every object must say all its members, and
/// none may hold itself.
bool holds(const Shape& shape) {
  return shape.strict && !shape.recursive && shape.unions <= pflow::tables::kAnthropicLimits.unions;
}

json::object shown(const Attachment& attachment) {
  json::object source;
  if (attachment.url.empty())
    source = {
        {"type", "base64"}, {"media_type", attachment.media_type}, {"data", base64_of(attachment)}};
  else
    source = {{"type", "url"}, {"url", attachment.url}};
  const char* type = kind_of(attachment) == MediaKind::Image ? "image" : "document";
  return {{"type", type}, {"source", std::move(source)}};
}

json::value said_by_user(const Message& message) {
  if (message.attachments.empty()) return json::value(message.text);
  json::array blocks;
  for (const Attachment& attachment : message.attachments) blocks.push_back(shown(attachment));
  if (!message.text.empty()) blocks.push_back({{"type", "text"}, {"text", message.text}});
  return blocks;
}

json::value said_by_assistant(const Message& message) {
  if (message.api == kAnthropicMessages.name) return value_of(message.original);
  if (message.calls.empty()) return json::value(message.text);
  json::array blocks;
  if (!message.text.empty()) blocks.push_back({{"type", "text"}, {"text", message.text}});
  for (const ToolCall& call : message.calls)
    blocks.push_back({{"type", "tool_use"},
                      {"id", call.id},
                      {"name", call.name},
                      {"input", value_of(call.arguments)}});
  return blocks;
}

json::array results_of(const Message& message) {
  json::array blocks;
  for (const ToolResult& result : message.results) {
    json::object block = {
        {"type", "tool_result"}, {"tool_use_id", result.id}, {"content", result.text}};
    if (result.failed) block["is_error"] = true;
    blocks.push_back(std::move(block));
  }
  return blocks;
}

json::array messages_of(const ModelRequest& request) {
  json::array messages;
  for (const Message& message : request.messages) switch (message.role) {
      case Role::System: break;  // they stand above all
      case Role::User:
        messages.push_back({{"role", "user"}, {"content", said_by_user(message)}});
        break;
      case Role::Assistant:
        messages.push_back({{"role", "assistant"}, {"content", said_by_assistant(message)}});
        break;
      case Role::Tool: messages.push_back({{"role", "user"}, {"content", results_of(message)}});
    }
  return messages;
}

json::array tools_of(const ModelRequest& request) {
  json::array tools;
  for (const ToolSpec& tool : request.tools) {
    json::object made = {{"name", tool.name}};
    if (!tool.doc.empty()) made["description"] = tool.doc;
    made["input_schema"] = json::parse(tool.arguments.schema);
    if (request.facts->shape == ShapeForm::Schema && holds(tool.arguments)) made["strict"] = true;
    tools.push_back(std::move(made));
  }
  return tools;
}

std::string write(const ModelRequest& request) {
  json::object body;
  body["model"] = request.model;
  body["max_tokens"] = request.max_tokens.value_or(request.facts->most_tokens);
  body["messages"] = messages_of(request);
  bool shaped = request.shape.schema.empty() || holds(request.shape);
  std::string system = whole_system(request);
  if (!shaped) system = with_shape(std::move(system), request.shape);
  if (!system.empty()) body["system"] = system;
  if (request.temperature) body["temperature"] = *request.temperature;
  if (!request.shape.schema.empty() && shaped)
    body["output_config"] = {
        {"format", {{"type", "json_schema"}, {"schema", json::parse(request.shape.schema)}}}};
  if (!request.tools.empty()) body["tools"] = tools_of(request);
  if (request.streamed) body["stream"] = true;
  add_options(body, request.options);
  return json::serialize(body);
}

Ending ending_of(std::string_view reason) {
  if (reason == "max_tokens" || reason == "model_context_window_exceeded") return Ending::Length;
  if (reason == "refusal") return Ending::Refusal;
  return reason == "tool_use" ? Ending::ToolCalls : Ending::Whole;
}

void read_call(const json::value& block, Answer& answer) {
  answer.calls.push_back({std::string(text_member(&block, "id")),
                          std::string(text_member(&block, "name")),
                          arguments_text(member(&block, "input"))});
}

AnswerResult read(const json::value& body, std::string_view) {
  const json::array* blocks = array_member(&body, "content");
  if (!blocks) return AnswerResult::none(PF_E_MODEL, "the answer of the provider holds no content");
  AnswerResult result;
  Answer& answer = result.answer.emplace();
  answer.reason = text_member(&body, "stop_reason");
  answer.ending = ending_of(answer.reason);
  bool said = false, more = false;
  for (const json::value& block : *blocks) {
    std::string_view type = text_member(&block, "type");
    if (type == "tool_use") read_call(block, answer);
    more = more || (type != "text" && type != "tool_use");
    if (type != "text") continue;
    said = true;
    answer.text += text_member(&block, "text");
  }
  if (more) answer.original = json::serialize(*blocks);
  if (!said && answer.ending == Ending::Whole) return AnswerResult::no_text(answer.reason);
  std::string_view why = text_member(member(&body, "stop_details"), "explanation");
  if (answer.ending == Ending::Refusal && !why.empty()) answer.reason = why;
  answer.model = text_member(&body, "model");
  // What the cache gave or took is not in `input_tokens`.
  const json::value* usage = member(&body, "usage");
  answer.cached_tokens = count_member(usage, "cache_read_input_tokens");
  answer.written_tokens = count_member(usage, "cache_creation_input_tokens");
  answer.input_tokens =
      count_member(usage, "input_tokens") + answer.cached_tokens + answer.written_tokens;
  answer.output_tokens = count_member(usage, "output_tokens");
  answer.reasoning_tokens = count_member(member(usage, "output_tokens_details"), "thinking_tokens");
  return result;
}

}  // namespace

const WireForm kAnthropicMessages = {"anthropic_messages",       path, write, read, Framing::Sse,
                                     assemble_anthropic_messages};

}  // namespace pf_models
