// Anthropic's Message Batches.
#include <time.h>

#include "batch_form.h"
#include "json_lines.h"
#include "stdlib-nodes/models/json_members.h"

namespace pf_models {
namespace {

namespace json = boost::json;

BatchRequest create(const BatchContent& content, std::string_view, std::string_view) {
  std::string body = "{\"requests\":[";
  for (size_t place = 0; place < content.bodies.size(); ++place) {
    body.append(place == 0 ? "" : ",").append("{\"custom_id\":\"").append(batch_word(place));
    body.append("\",\"params\":").append(content.bodies[place]).append("}");
  }
  return {.path = content.path + "/batches", .body = body + "]}"};
}

/// The seconds that `20261130T091500…` and `2026-11-30T09:15:00Z` say.
int64_t seconds_of(std::string_view moment) {
  std::string digits;
  for (char c : moment.substr(0, moment.find('.')))
    if (c >= '0' && c <= '9') digits += c;
  tm utc{};
  return strptime(digits.c_str(), "%Y%m%d%H%M%S", &utc) ? timegm(&utc) : 0;
}

/// Batches have no names; one that was made before the token was cannot be it.
BatchFound find(const json::value& list, std::string_view token) {
  constexpr int64_t kSkewOfClocks = 600;
  const json::array* batches = array_member(&list, "data");
  for (size_t i = 0; batches && i < batches->size(); ++i)
    if (seconds_of(text_member(&(*batches)[i], "created_at")) >= seconds_of(token) - kSkewOfClocks)
      return {"", true};
  return {};
}

std::string state_path(std::string_view id) { return "/v1/messages/batches/" + std::string(id); }

BatchState state(const json::value& reply) {
  BatchState state;
  state.id = text_member(&reply, "id");
  state.ended = text_member(&reply, "processing_status") == "ended";
  if (state.ended) state.results.push_back(state_path(state.id) + "/results");
  return state;
}

/// The status under which the provider sends such an error.
int status_of(std::string_view type) {
  constexpr std::pair<std::string_view, int> kStatuses[] = {
      {"invalid_request_error", 400}, {"authentication_error", 401}, {"billing_error", 402},
      {"permission_error", 403},      {"not_found_error", 404},      {"request_too_large", 413},
      {"rate_limit_error", 429},      {"timeout_error", 504},        {"overloaded_error", 529}};
  for (const auto& [name, status] : kStatuses)
    if (type == name) return status;
  return 500;
}

BatchReply reply_of(const json::value& line) {
  const size_t place = batch_place(text_member(&line, "custom_id"));
  const json::value* result = member(&line, "result");
  if (const json::value* message = member(result, "message"))
    return {place, 200, json::serialize(*message)};
  const json::value* error = member(result, "error");
  if (!error) {
    const bool expired = text_member(result, "type") == "expired";
    return {place, 0, expired ? "the batch has expired" : "the batch was cancelled", expired};
  }
  return {place, status_of(text_member(member(error, "error"), "type")), json::serialize(*error)};
}

std::vector<BatchReply> replies(std::string_view results) {
  std::vector<BatchReply> all;
  for_each_json_line(results, [&](const json::value& line) { all.push_back(reply_of(line)); });
  return all;
}

BatchRequest cancel(std::string_view id) {
  return {.path = state_path(id) + "/cancel", .body = "{}"};
}

}  // namespace

const BatchForm kAnthropicBatches = {
    100'000, 256'000'000, nullptr, create,  "/v1/messages/batches?limit=100",
    find,    state_path,  state,   replies, cancel};

}  // namespace pf_models
