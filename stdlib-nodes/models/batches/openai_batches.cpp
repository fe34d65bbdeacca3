// OpenAI's batches: a file of requests is uploaded, and comes back as files of replies.
#include "batch_form.h"
#include "json_lines.h"
#include "stdlib-nodes/models/json_members.h"

namespace pf_models {
namespace {

namespace json = boost::json;

/// No line of the file holds it, since a line break in JSON is escaped.
constexpr std::string_view kBoundary = "pflow-batch-file";
constexpr std::string_view kContentType = "multipart/form-data; boundary=pflow-batch-file";
/// In the metadata of a batch.
constexpr std::string_view kToken = "pflow";
/// What the addresses of the API begin with, wherever the provider is.
constexpr std::string_view kVersion = "/v1";

std::string endpoint(const BatchContent& content) { return std::string(kVersion) + content.path; }

void add_part(std::string& body, std::string_view disposition, std::string_view value) {
  body.append("--").append(kBoundary).append("\r\nContent-Disposition: form-data; ");
  body.append(disposition).append("\r\n\r\n").append(value).append("\r\n");
}

BatchRequest upload(const BatchContent& content) {
  std::string lines;
  for (size_t place = 0; place < content.bodies.size(); ++place) {
    const json::object head = {
        {"custom_id", batch_word(place)}, {"method", "POST"}, {"url", endpoint(content)}};
    lines += json::serialize(head);
    lines.pop_back();
    lines.append(",\"body\":").append(content.bodies[place]).append("}\n");
  }
  BatchRequest request{.path = "/files", .body = {}, .content_type = kContentType};
  add_part(request.body, "name=\"purpose\"", "batch");
  add_part(request.body,
           "name=\"file\"; filename=\"batch.jsonl\"\r\nContent-Type: application/jsonl", lines);
  request.body.append("--").append(kBoundary).append("--\r\n");
  return request;
}

BatchRequest create(const BatchContent& content, std::string_view file, std::string_view token) {
  json::object body = {
      {"input_file_id", file}, {"endpoint", endpoint(content)}, {"completion_window", "24h"}};
  if (!token.empty()) body["metadata"] = {{kToken, token}};
  return {.path = "/batches", .body = json::serialize(body)};
}

BatchFound find(const json::value& list, std::string_view token) {
  const json::array* batches = array_member(&list, "data");
  for (size_t i = 0; batches && i < batches->size(); ++i)
    if (text_member(member(&(*batches)[i], "metadata"), kToken) == token)
      return {std::string(text_member(&(*batches)[i], "id"))};
  return {};
}

std::string state_path(std::string_view id) { return "/batches/" + std::string(id); }

/// What is wrong with the file, in the provider's words.
std::string errors_in(const json::value& reply) {
  std::string words;
  const json::array* errors = array_member(member(&reply, "errors"), "data");
  for (size_t i = 0; errors && i < errors->size() && i < 3; ++i)
    words.append(words.empty() ? "" : "; ").append(text_member(&(*errors)[i], "message"));
  return words;
}

BatchState state(const json::value& reply) {
  BatchState state;
  const std::string_view status = text_member(&reply, "status");
  state.id = text_member(&reply, "id");
  if (status == "failed") state.problem = "the provider refused the batch: " + errors_in(reply);
  if (status == "expired") state.problem = "the batch has expired";
  if (status == "cancelled") state.problem = "the batch was cancelled";
  state.again = status == "expired";
  state.ended = status == "completed" || !state.problem.empty();
  for (std::string_view file : {"output_file_id", "error_file_id"})
    if (std::string_view id = text_member(&reply, file); !id.empty())
      state.results.push_back("/files/" + std::string(id) + "/content");
  return state;
}

BatchReply not_asked(size_t place, const json::value* error) {
  return {place, 0, std::string(text_member(error, "message")),
          text_member(error, "code") == "batch_expired"};
}

std::vector<BatchReply> replies(std::string_view results) {
  std::vector<BatchReply> all;
  for_each_json_line(results, [&](const json::value& line) {
    const size_t place = batch_place(text_member(&line, "custom_id"));
    const json::value* response = member(&line, "response");
    const json::value* body = member(response, "body");
    if (body)
      all.push_back(
          {place, static_cast<int>(count_member(response, "status_code")), json::serialize(*body)});
    else
      all.push_back(not_asked(place, member(&line, "error")));
  });
  return all;
}

BatchRequest cancel(std::string_view id) {
  return {.path = state_path(id) + "/cancel", .body = "{}"};
}

}  // namespace

const BatchForm kOpenAiBatches = {50'000, 200'000'000, upload, create,  "/batches?limit=100",
                                  find,   state_path,  state,  replies, cancel};

}  // namespace pf_models
