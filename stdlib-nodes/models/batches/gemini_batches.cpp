// Gemini's batches of contents, whose replies come in the order of the questions.
#include <stdint.h>

#include <boost/json.hpp>

#include "batch_form.h"
#include "stdlib-nodes/models/json_members.h"
#include "stdlib-nodes/models/surrogates.h"

namespace pf_models {
namespace {

namespace json = boost::json;

/// A batch must have a name.
constexpr std::string_view kUnnamed = "pflow";

BatchRequest create(const BatchContent& content, std::string_view, std::string_view token) {
  const size_t method = content.path.rfind(':');
  std::string body = "{\"batch\":{\"display_name\":\"";
  body.append(token.empty() ? kUnnamed : token);
  body.append("\",\"input_config\":{\"requests\":{\"requests\":[");
  for (size_t place = 0; place < content.bodies.size(); ++place) {
    body.append(place == 0 ? "" : ",").append("{\"request\":").append(content.bodies[place]);
    body.append(",\"metadata\":{\"key\":\"").append(batch_word(place)).append("\"}}");
  }
  return {.path = content.path.substr(0, method) + ":batchGenerateContent", .body = body + "]}}}}"};
}

BatchFound find(const json::value& list, std::string_view token) {
  const json::array* operations = array_member(&list, "operations");
  for (size_t i = 0; operations && i < operations->size(); ++i)
    if (text_member(member(&(*operations)[i], "metadata"), "displayName") == token)
      return {std::string(text_member(&(*operations)[i], "name"))};
  return {};
}

/// The id is `batches/…`.
std::string state_path(std::string_view id) { return "/v1beta/" + std::string(id); }

/// The reply is an operation; its replies stand in it once it has ended.
BatchState state(const json::value& reply) {
  BatchState state;
  const std::string_view word = text_member(member(&reply, "metadata"), "state");
  state.id = text_member(&reply, "name");
  if (word.ends_with("_FAILED"))
    state.problem = "the provider refused the batch: " +
                    std::string(text_member(member(&reply, "error"), "message"));
  if (word.ends_with("_EXPIRED")) state.problem = "the batch has expired";
  if (word.ends_with("_CANCELLED")) state.problem = "the batch was cancelled";
  state.again = word.ends_with("_EXPIRED");
  state.ended = word.ends_with("_SUCCEEDED") || !state.problem.empty();
  if (!state.ended) return state;
  state.results.push_back(state_path(state.id));
  return state;
}

/// The number of a failed question is one of gRPC.
int status_of(int64_t code) {
  if (code >= 100) return static_cast<int>(code);
  constexpr std::pair<int64_t, int> kStatuses[] = {{3, 400}, {4, 504},  {5, 404}, {7, 403},
                                                   {8, 429}, {14, 503}, {16, 401}};
  for (const auto& [number, status] : kStatuses)
    if (code == number) return status;
  return 500;
}

const json::array* replies_in(const json::value& operation) {
  for (std::string_view place : {"response", "metadata"}) {
    const json::value* output = member(&operation, place);
    if (const json::value* inner = member(output, "output")) output = inner;
    if (auto* found = array_member(member(output, "inlinedResponses"), "inlinedResponses"))
      return found;
  }
  return nullptr;
}

std::vector<BatchReply> replies(std::string_view results) {
  std::vector<BatchReply> all;
  boost::system::error_code failed;
  const json::value operation = json::parse(with_whole_pairs(results), failed);
  const json::array* list = failed ? nullptr : replies_in(operation);
  for (size_t place = 0; list && place < list->size(); ++place) {
    const json::value* reply = &(*list)[place];
    const json::value *response = member(reply, "response"), *error = member(reply, "error");
    if (response)
      all.push_back({place, 200, json::serialize(*response)});
    else if (error)
      all.push_back({place, status_of(count_member(error, "code")),
                     json::serialize(json::object{{"error", *error}})});
  }
  return all;
}

BatchRequest cancel(std::string_view id) {
  return {.path = state_path(id) + ":cancel", .body = "{}"};
}

}  // namespace

const BatchForm kGeminiBatches = {
    SIZE_MAX, 20'000'000, nullptr, create,  "/v1beta/batches?pageSize=100",
    find,     state_path, state,   replies, cancel};

}  // namespace pf_models
