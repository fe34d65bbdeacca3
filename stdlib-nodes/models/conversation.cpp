#include "conversation.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "attachments/attachment_record.h"
#include "models.pf.hpp"
#include "pflow/json.hpp"

namespace pf_models {
namespace {

using pflow::view;

constexpr std::string_view kRoles[] = {"system", "user", "assistant", "tool"};

Role role_of(const pf_str& word) {
  const auto* found = std::ranges::find(kRoles, view(word));
  return static_cast<Role>(found - kRoles);
}

std::string_view word(Role role) { return kRoles[static_cast<size_t>(role)]; }

template <typename Record>
const Record& boxed(const pf_sum& part) {
  return *reinterpret_cast<const Record*>(part.box.head + 1);
}

std::string text(const pf_json& value) {
  return std::string(pflow::Text(pflow::json_text(value)).view());
}

/// Reads one conversation, whose calls are to be answered before it goes on.
class Reader {
 public:
  Reader(pf_call* call, std::vector<Message>& to) : call_(call), to_(to) {}

  bool read(const ::Message& from) {
    to_.push_back({.role = role_of(from.role), .text = std::string(view(from.text))});
    Message& message = to_.back();
    if (message.role != Role::Tool && !open_.empty())
      return fail("goes on before the call `" + open_.front() + "` of a tool is answered");
    for (const pf_sum& part : pflow::Elements<pf_sum>(from.parts))
      if (!add(message, part)) return false;
    for (const ToolCall& asked : message.calls) open_.push_back(asked.id);
    ++index_;
    return true;
  }

  bool end() {
    if (open_.empty()) return true;
    pflow::fail(call_, PF_E_VALUE,
                "`messages` end before the call `" + open_.front() + "` of a tool is answered");
    return false;
  }

 private:
  bool fail(const std::string& what) {
    pflow::fail(call_, PF_E_VALUE, "`messages[" + std::to_string(index_) + "]` " + what);
    return false;
  }

  /// Who says such a part, and what it is called.
  static std::pair<Role, const char*> speaker(const pf_sum& part) {
    switch (part.variant) {
      case MessagePart_ToolResult: return {Role::Tool, "a result of a tool"};
      case MessagePart_Attachment: return {Role::User, "an attachment, which only the user has"};
      default: return {Role::Assistant, "what only the assistant says"};
    }
  }

  bool add(Message& message, const pf_sum& part) {
    auto [role, what] = speaker(part);
    if (message.role != role)
      return fail("has the role `" + std::string(word(message.role)) + "` and " + what);
    switch (part.variant) {
      case MessagePart_Attachment: return add_attachment(message, boxed<::Attachment>(part));
      case MessagePart_ToolCall: add_call(message, boxed<::ToolCall>(part)); return true;
      case MessagePart_ToolResult: return add_result(message, boxed<::ToolResult>(part));
      default: add_data(message, boxed<::ProviderData>(part)); return true;
    }
  }

  bool add_attachment(Message& message, const ::Attachment& from) {
    std::string problem = read_attachment(from, message.attachments);
    return problem.empty() || fail("has an attachment that " + problem);
  }

  static void add_call(Message& message, const ::ToolCall& from) {
    message.calls.push_back(
        {std::string(view(from.id)), std::string(view(from.name)), text(from.arguments)});
  }

  bool add_result(Message& message, const ::ToolResult& from) {
    std::string id(view(from.id));
    auto asked = std::ranges::find(open_, id);
    if (asked == open_.end())
      return fail("answers the call `" + id + "` of a tool, which none made");
    open_.erase(asked);
    message.results.push_back(
        {id, std::string(view(from.name)), std::string(view(from.text)), from.failed});
    return true;
  }

  static void add_data(Message& message, const ::ProviderData& from) {
    message.api = view(from.api);
    message.original = text(from.content);
  }

  pf_call* call_;
  std::vector<Message>& to_;
  size_t index_ = 0;
  std::vector<std::string> open_;  ///< calls of tools that are not answered
};

/// Enough for `pf_list_make`.
template <typename Element>
constexpr pf_type kLayout = {PF_RECORD, sizeof(Element), alignof(Element), 1,      "", nullptr,
                             0,         nullptr,         nullptr,          nullptr};

template <typename Element>
pf_list list_of(const std::vector<Element>& elements) {
  void* head =
      pf_list_make(elements.data(), static_cast<int64_t>(elements.size()), &kLayout<Element>);
  return {static_cast<pf_list_head*>(head)};
}

template <typename Record>
pf_sum part(int64_t variant, const Record& record) {
  return {variant, list_of(std::vector<Record>{record})};
}

/// What may be no JSON, as a model wrote it, is a text then.
pf_json json_of(const std::string& text) {
  pf_json value{};
  pf_json_problem problem{};
  pf_str source = pflow::literal(text);
  if (pf_json_decode(&source, &pflow::kJsonType, &value, &problem)) return value;
  pf_str_release(problem.message);
  return pflow::json(pflow::text(text));
}

::Message made(const Message& message) {
  std::vector<pf_sum> parts;
  for (const Attachment& attachment : message.attachments)
    parts.push_back(part(MessagePart_Attachment, attachment_record(attachment)));
  if (!message.original.empty())
    parts.push_back(part(MessagePart_ProviderData,
                         ::ProviderData{pflow::text(message.api), json_of(message.original)}));
  for (const ToolCall& call : message.calls)
    parts.push_back(
        part(MessagePart_ToolCall,
             ::ToolCall{pflow::text(call.id), pflow::text(call.name), json_of(call.arguments)}));
  for (const ToolResult& result : message.results)
    parts.push_back(
        part(MessagePart_ToolResult, ::ToolResult{pflow::text(result.id), pflow::text(result.name),
                                                  pflow::text(result.text), result.failed}));
  return {pflow::literal(word(message.role)), pflow::text(message.text), list_of(parts)};
}

}  // namespace

bool read_conversation(pf_call* call, const pf_list& conversation, std::vector<Message>& to) {
  Reader reader(call, to);
  for (const ::Message& message : pflow::Elements<::Message>(conversation))
    if (!reader.read(message)) return false;
  return reader.end();
}

pf_list with_messages(const pf_list& conversation, std::span<const Message> added) {
  std::vector<::Message> all;
  for (const ::Message& message : pflow::Elements<::Message>(conversation)) {
    pf_str_retain(message.role);
    pf_str_retain(message.text);
    if (message.parts.head) ++message.parts.head->count;
    all.push_back(message);
  }
  for (const Message& message : added) all.push_back(made(message));
  return list_of(all);
}

}  // namespace pf_models
