#include "tool_result.h"

#include <string.h>

#include "foreign.h"
#include "members.h"
#include "plan.h"

namespace pf_mcp {
namespace {

/// A block that is no text, in a text: `[image image/png]`.
std::string block_text(const pf_json& block) {
  const std::string_view type = text_member(&block, "type");
  if (type == "text") return std::string(text_member(&block, "text"));
  const pf_json* resource = type == "resource" ? member(&block, "resource") : &block;
  if (const pf_json* text = member(resource, "text")) return std::string(text_of(text));
  std::string_view what = text_member(resource, "uri");
  if (what.empty()) what = text_member(resource, "mimeType");
  return '[' + std::string(type) + (what.empty() ? "" : " ") + std::string(what) + ']';
}

std::string content_text(const pf_json& result) {
  std::string text;
  for (const pf_json& block : items(member(&result, "content"))) {
    if (!text.empty()) text += '\n';
    text += block_text(block);
  }
  return text;
}

bool is_text(const pf_type& type) { return type.kind == PF_STR; }

/// The structured value of the result, as JSON; of a server that leaves it out, its text.
std::string value_text(const pf_json& result) {
  const pf_json* structured = member(&result, "structuredContent");
  return structured != nullptr ? json_of(*structured) : content_text(result);
}

/// Whether the tool says that its structure has such a member.
bool has_member(const Call& call, std::string_view name) {
  const pf_json* schema = member(&Plan::of(*call.node).tool(), "outputSchema");
  return member(member(schema, "properties"), name) != nullptr;
}

/// The output `content: json`, which takes the blocks as they are. Null: there is none.
const pf_field* content_port(const Call& call) {
  const pf_type& output = *call.node->output;
  for (uint32_t i = 0; i < output.count; ++i)
    if (strcmp(output.fields[i].name, "content") == 0 && output.fields[i].type->kind == PF_JSON &&
        !has_member(call, "content"))
      return &output.fields[i];
  return nullptr;
}

/// The output that takes the value beside it.
const pf_field* value_port(const Call& call, const pf_field* content) {
  const pf_type& output = *call.node->output;
  for (uint32_t i = 0; i < output.count; ++i)
    if (&output.fields[i] != content) return &output.fields[i];
  return nullptr;
}

pf_status take_value(const Call& call, const pf_field& port, const pf_json& result,
                     const std::string& who) {
  void* out = static_cast<char*>(call.out) + port.offset;
  if (is_text(*port.type) && !Plan::of(*call.node).is_structured()) {
    *static_cast<pf_str*>(out) = pflow::text(content_text(result));
    return PF_DONE;
  }
  // A port with the name of a member takes that; any other takes the whole.
  const bool is_member = has_member(call, port.name);
  const pf_field field = {port.name, port.name, port.type, 0, nullptr, nullptr};
  pf_type record = *call.node->output;
  record.size = port.type->size;
  record.align = port.type->align;
  record.count = 1;
  record.fields = &field;
  const std::string text = value_text(result);
  const pf_str json = pflow::literal(text);
  pf_json_problem problem;
  if (pf_json_decode(&json, is_member ? &record : port.type, out, &problem)) return PF_DONE;
  const pflow::Text message(problem.message);
  pf_fail(call.call, PF_E_SCHEMA, "the result of `%s` of %s does not fit: %.*s", call.node->node,
          who.c_str(), static_cast<int>(message.view().size()), message.view().data());
  pf_fail_help(call.call,
               "`pflowc mcp test %s` compares its tools with those that the program knows",
               server_name(*call.node).data);
  return PF_FAILED;
}

pf_status fail_wanting(const Call& call, const std::string& who) {
  pf_fail(call.call, PF_E_TOOL, "%s asks for input of a person before it goes on with `%s`",
          who.c_str(), call.node->node);
  pf_fail_help(call.call, "this program answers no questions of servers");
  pf_fail_once(call.call);
  return PF_FAILED;
}

}  // namespace

pf_status take_result(const Call& call, const pf_json& result, const std::string& who) {
  if (is_true(&result, "isError")) {
    std::string text = content_text(result);
    if (text.empty()) text = value_text(result);
    pflow::fail(call.call, PF_E_TOOL, text.empty() ? "it failed and does not say why" : text);
    Json data;
    data.share(result);
    pf_fail_data(call.call, data.take());
    return PF_FAILED;
  }
  if (text_member(&result, "resultType") == "input_required") return fail_wanting(call, who);
  const pf_field* content = content_port(call);
  if (content != nullptr) {
    Json blocks;
    if (const pf_json* found = member(&result, "content")) blocks.share(*found);
    void* out = static_cast<char*>(call.out) + content->offset;
    *static_cast<pf_json*>(out) = blocks.take();
  }
  const pf_field* port = value_port(call, content);
  return port == nullptr ? PF_DONE : take_value(call, *port, result, who);
}

pf_status take_description(const Call& call, const pf_json& description) {
  if (call.node->output->count == 0) return PF_DONE;
  const pf_field& port = call.node->output->fields[0];
  const std::string text = json_of(description);
  const pf_str json = pflow::literal(text);
  pf_json_problem problem;
  if (pf_json_decode(&json, port.type, static_cast<char*>(call.out) + port.offset, &problem))
    return PF_DONE;
  const pflow::Text message(problem.message);
  return pflow::fail(call.call, PF_E_SCHEMA, message.view());
}

}  // namespace pf_mcp
