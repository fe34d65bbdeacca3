// OpenAI's Responses.
#include <boost/json.hpp>

#include "stdlib-nodes/models/json_members.h"
#include "stdlib-nodes/models/streams/assembler.h"
#include "stdlib-nodes/models/wire_form.h"
#include "stdlib-nodes/models/wires/attached.h"

namespace pf_models {
namespace {

namespace json = boost::json;

std::string path(const ModelRequest&) { return "/responses"; }

void add_call(json::array& input, const ToolCall& call) {
  input.push_back({{"type", "function_call"},
                   {"call_id", call.id},
                   {"name", call.name},
                   {"arguments", call.arguments}});
}

void add_items(json::array& input, json::value items) {
  if (json::array* list = items.if_array())
    for (json::value& item : *list) input.push_back(std::move(item));
}

json::object shown(const Attachment& attachment) {
  if (kind_of(attachment) == MediaKind::Image)
    return {{"type", "input_image"}, {"image_url", address_of(attachment)}};
  if (!attachment.url.empty()) return {{"type", "input_file"}, {"file_url", attachment.url}};
  return {{"type", "input_file"},
          {"filename", file_name_of(attachment)},
          {"file_data", address_of(attachment)}};
}

json::object said_by_user(const Message& message) {
  if (message.attachments.empty()) return {{"role", "user"}, {"content", message.text}};
  json::array parts;
  if (!message.text.empty()) parts.push_back({{"type", "input_text"}, {"text", message.text}});
  for (const Attachment& attachment : message.attachments) parts.push_back(shown(attachment));
  return {{"role", "user"}, {"content", std::move(parts)}};
}

void add_message(json::array& input, const Message& message) {
  switch (message.role) {
    case Role::System: input.push_back({{"role", "system"}, {"content", message.text}}); break;
    case Role::User: input.push_back(said_by_user(message)); break;
    case Role::Assistant:
      if (message.api == kOpenAiResponses.name) {
        add_items(input, value_of(message.original));
        break;
      }
      if (!message.text.empty() || message.calls.empty())
        input.push_back({{"role", "assistant"}, {"content", message.text}});
      for (const ToolCall& call : message.calls) add_call(input, call);
      break;
    case Role::Tool:
      for (const ToolResult& result : message.results)
        input.push_back(
            {{"type", "function_call_output"}, {"call_id", result.id}, {"output", result.text}});
  }
}

json::array tools_of(const ModelRequest& request) {
  json::array tools;
  for (const ToolSpec& tool : request.tools) {
    json::object made = {{"type", "function"}, {"name", tool.name}};
    if (!tool.doc.empty()) made["description"] = tool.doc;
    made["parameters"] = json::parse(tool.arguments.schema);
    made["strict"] = tool.arguments.strict;
    tools.push_back(std::move(made));
  }
  return tools;
}

std::string write(const ModelRequest& request) {
  json::object body;
  json::array input;
  for (const Message& message : request.messages) add_message(input, message);
  body["model"] = request.model;
  body["input"] = std::move(input);
  // What is asked stays with who asks.
  body["store"] = false;
  // So what the model thought comes along, for when the conversation goes on.
  body["include"] = json::array{"reasoning.encrypted_content"};
  if (request.system) body["instructions"] = *request.system;
  if (request.temperature) body["temperature"] = *request.temperature;
  if (request.max_tokens) body["max_output_tokens"] = *request.max_tokens;
  if (!request.shape.schema.empty())
    body["text"] = {{"format",
                     {{"type", "json_schema"},
                      {"name", "output"},
                      {"schema", json::parse(request.shape.schema)},
                      {"strict", request.shape.strict}}}};
  if (!request.tools.empty()) body["tools"] = tools_of(request);
  if (request.streamed) body["stream"] = true;
  add_options(body, request.options);
  return json::serialize(body);
}

/// Reads the parts of one message; kinds of parts that are not known are passed over.
void read_message(const json::value& message, Answer& answer) {
  const json::array* parts = array_member(&message, "content");
  for (size_t i = 0; parts && i < parts->size(); ++i) {
    const json::value& part = (*parts)[i];
    std::string_view type = text_member(&part, "type");
    if (type == "output_text") answer.text += text_member(&part, "text");
    if (type != "refusal") continue;
    answer.ending = Ending::Refusal;
    answer.reason = text_member(&part, "refusal");
  }
}

/// The items as they go back, where they hold more than text and calls. A thought that is not
/// sealed is known by an id alone, which nobody has kept.
std::string original_of(const json::array& items) {
  json::array kept;
  bool more = false;
  for (const json::value& item : items) {
    std::string_view type = text_member(&item, "type");
    if (type == "reasoning" && text_member(&item, "encrypted_content").empty()) continue;
    more = more || (type != "message" && type != "function_call");
    kept.push_back(item);
  }
  return more ? json::serialize(kept) : "";
}

void read_call(const json::value& item, Answer& answer) {
  answer.ending = Ending::ToolCalls;
  answer.calls.push_back({std::string(text_member(&item, "call_id")),
                          std::string(text_member(&item, "name")),
                          arguments_text(member(&item, "arguments"))});
}

AnswerResult read(const json::value& body, std::string_view) {
  const json::array* items = array_member(&body, "output");
  if (!items) return AnswerResult::none(PF_E_MODEL, "the answer of the provider holds no output");
  AnswerResult result;
  Answer& answer = result.answer.emplace();
  bool said = false;
  for (const json::value& item : *items) {
    std::string_view type = text_member(&item, "type");
    if (type == "function_call") read_call(item, answer);
    if (type != "message") continue;
    said = true;
    read_message(item, answer);
  }
  answer.original = original_of(*items);
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
  const json::value* input = member(usage, "input_tokens_details");
  answer.cached_tokens = count_member(input, "cached_tokens");
  answer.written_tokens = count_member(input, "cache_write_tokens");
  answer.output_tokens = count_member(usage, "output_tokens");
  answer.reasoning_tokens =
      count_member(member(usage, "output_tokens_details"), "reasoning_tokens");
  return result;
}

}  // namespace

const WireForm kOpenAiResponses = {"openai_responses",       path, write, read, Framing::Sse,
                                   assemble_openai_responses};

}  // namespace pf_models
