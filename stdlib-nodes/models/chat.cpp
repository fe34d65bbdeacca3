#include "chat.h"

#include <boost/json.hpp>

namespace pf_models {
namespace {

namespace json = boost::json;

/// A member of an object; null when there is none.
const json::value* member(const json::value* value, std::string_view name) {
  const json::object* object = value ? value->if_object() : nullptr;
  return object ? object->if_contains(name) : nullptr;
}

/// The text of a member, if it is one.
const json::string* text_member(const json::value* value, std::string_view name) {
  const json::value* found = member(value, name);
  return found ? found->if_string() : nullptr;
}

int64_t count_member(const json::value* value, std::string_view name) {
  const json::value* found = member(value, name);
  if (!found) return 0;
  if (const int64_t* count = found->if_int64()) return *count;
  return 0;
}

ChatResult problem(pf_error_kind kind, std::string text) {
  ChatResult result;
  result.kind = kind;
  result.problem = std::move(text);
  return result;
}

/// The start of a text that is no JSON, on one line.
std::string excerpt(std::string_view body) {
  constexpr size_t kMost = 200;
  std::string made;
  for (char c : body.substr(0, std::min(body.size(), kMost))) {
    made += static_cast<unsigned char>(c) < ' ' || static_cast<unsigned char>(c) > '~' ? ' ' : c;
  }
  return body.size() > kMost ? made + "…" : made;
}

/// What the provider says about an error; providers differ in where they say it.
std::string provider_message(const json::value* body) {
  const json::value* error = member(body, "error");
  const json::string* text = text_member(error, "message");
  if (!text && error) text = error->if_string();
  if (!text) text = text_member(body, "message");
  if (!text) text = text_member(body, "detail");
  return text ? std::string(*text) : "";
}

ChatResult http_problem(long status, const json::value* parsed, std::string_view body) {
  std::string said = provider_message(parsed);
  if (said.empty() && !parsed) said = excerpt(body);
  std::string tail = said.empty() ? "" : ": " + said;
  std::string number = std::to_string(status);
  if (status == 401) return problem(PF_E_KEY, "the provider refused the key (HTTP 401)" + tail);
  if (status == 429) {
    return problem(PF_E_RATE_LIMIT, "the provider limits the rate of requests (HTTP 429)" + tail);
  }
  return problem(PF_E_HTTP, "the provider answered with HTTP " + number + tail);
}

/// The content of a message: a text, or parts of which the texts count.
std::optional<std::string> content_of(const json::value* message) {
  const json::value* content = member(message, "content");
  if (!content) return std::nullopt;
  if (const json::string* text = content->if_string()) return std::string(*text);
  const json::array* parts = content->if_array();
  if (!parts) return std::nullopt;
  std::string made;
  for (const json::value& part : *parts) {
    if (const json::string* text = text_member(&part, "text")) made += std::string_view(*text);
  }
  return made;
}

ChatResult answer_of(const json::value& body) {
  if (member(&body, "error") && !member(&body, "error")->is_null()) {
    return problem(PF_E_MODEL, "the provider answered with an error: " + provider_message(&body));
  }
  const json::value* choices = member(&body, "choices");
  const json::array* list = choices ? choices->if_array() : nullptr;
  if (!list || list->empty()) {
    return problem(PF_E_MODEL, "the answer of the provider holds no choices");
  }
  const json::value* choice = &list->front();
  const json::value* message = member(choice, "message");
  if (const json::string* refusal = text_member(message, "refusal")) {
    return problem(PF_E_MODEL, "the model refused: " + std::string(*refusal));
  }
  std::optional<std::string> content = content_of(message);
  if (!content) {
    const json::string* reason = text_member(choice, "finish_reason");
    return problem(PF_E_MODEL, "the answer of the model holds no text" +
                                   (reason ? " (" + std::string(*reason) + ")" : std::string()));
  }
  ChatResult result;
  ChatAnswer& answer = result.answer.emplace();
  answer.text = std::move(*content);
  if (const json::string* model = text_member(&body, "model")) answer.model = *model;
  const json::value* usage = member(&body, "usage");
  answer.input_tokens = count_member(usage, "prompt_tokens");
  answer.output_tokens = count_member(usage, "completion_tokens");
  if (const json::value* cost = member(usage, "cost"); cost && cost->is_number()) {
    boost::system::error_code error;
    answer.cost = cost->to_number<double>(error);
  }
  return result;
}

}  // namespace

std::string request_body(const ChatRequest& request) {
  json::array messages;
  if (request.system) messages.push_back({{"role", "system"}, {"content", *request.system}});
  messages.push_back({{"role", "user"}, {"content", request.prompt}});
  json::object body;
  body["messages"] = std::move(messages);
  body["model"] = request.model;
  if (request.temperature) body["temperature"] = *request.temperature;
  if (request.max_tokens) body["max_tokens"] = *request.max_tokens;
  if (!request.schema.empty()) {
    body["response_format"] = {
        {"type", "json_schema"},
        {"json_schema", {{"name", "output"}, {"schema", json::parse(request.schema)}}}};
  }
  return json::serialize(body);
}

ChatResult read_answer(long status, std::string_view body) {
  boost::system::error_code error;
  json::value parsed = json::parse(body, error);
  bool ok = status >= 200 && status < 300;
  if (!ok) return http_problem(status, error ? nullptr : &parsed, body);
  if (error) {
    return problem(PF_E_PARSE, "the answer of the provider is not JSON (" + error.message() +
                                   "): " + excerpt(body));
  }
  return answer_of(parsed);
}

}  // namespace pf_models
