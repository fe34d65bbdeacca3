// What batches send, and what is read of their replies.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "stdlib-nodes/models/batches/batch_form.h"
#include "stdlib-nodes/models/choice/model_facts.h"

using pf_models::BatchContent;
using pf_models::BatchForm;
using pf_models::BatchReply;
using pf_models::BatchState;
using pf_models::kAnthropicBatches;
using pf_models::kGeminiBatches;
using pf_models::kOpenAiBatches;

namespace {

/// `id state: problem`, and the places of its results.
std::string told(const BatchForm& form, std::string_view reply) {
  const BatchState state = form.state(boost::json::parse(reply));
  std::string text = state.id + (state.ended ? " ended" : " runs");
  if (!state.problem.empty()) text += ": " + state.problem + (state.again ? " (again)" : "");
  for (const std::string& path : state.results) text += " " + path;
  return text;
}

/// `place:status body`, a line each.
std::string replies(const BatchForm& form, std::string_view results) {
  std::string text;
  for (const BatchReply& reply : form.replies(results))
    text += std::to_string(reply.place) + ":" + std::to_string(reply.status) + " " + reply.body +
            (reply.again ? " (again)" : "") + "\n";
  return text;
}

std::string sent(const pf_models::BatchRequest& request) {
  return request.path + " " + request.body;
}

}  // namespace

TEST(OpenAiBatches, AreAFileOfRequests) {
  const BatchContent content = {"/responses", {R"({"model":"m"})", "{}"}};
  EXPECT_EQ(kOpenAiBatches.upload(content).content_type,
            "multipart/form-data; boundary=pflow-batch-file");
  EXPECT_EQ(sent(kOpenAiBatches.upload(content)),
            "/files --pflow-batch-file\r\n"
            "Content-Disposition: form-data; name=\"purpose\"\r\n\r\nbatch\r\n"
            "--pflow-batch-file\r\nContent-Disposition: form-data; name=\"file\"; "
            "filename=\"batch.jsonl\"\r\nContent-Type: application/jsonl\r\n\r\n"
            R"({"custom_id":"item-0","method":"POST","url":"/v1/responses","body":{"model":"m"}})"
            "\n"
            R"({"custom_id":"item-1","method":"POST","url":"/v1/responses","body":{}})"
            "\n\r\n--pflow-batch-file--\r\n");
  EXPECT_EQ(sent(kOpenAiBatches.create(content, "file-1", "")),
            R"(/batches {"input_file_id":"file-1","endpoint":"/v1/responses",)"
            R"("completion_window":"24h"})");
}

TEST(OpenAiBatches, HaveFilesOfRepliesAndErrors) {
  EXPECT_EQ(told(kOpenAiBatches, R"({"id":"b","status":"finalizing"})"), "b runs");
  EXPECT_EQ(told(kOpenAiBatches,
                 R"({"id":"b","status":"completed","output_file_id":"o","error_file_id":null})"),
            "b ended /files/o/content");
  EXPECT_EQ(told(kOpenAiBatches,
                 R"({"id":"b","status":"expired","output_file_id":"o","error_file_id":"e"})"),
            "b ended: the batch has expired (again) /files/o/content /files/e/content");
  EXPECT_EQ(told(kOpenAiBatches, R"({"id":"b","status":"cancelled"})"),
            "b ended: the batch was cancelled");
  EXPECT_EQ(told(kOpenAiBatches, R"({"id":"b","status":"failed","errors":{"data":[)"
                                 R"({"message":"line 1"},{"message":"line 2"}]}})"),
            "b ended: the provider refused the batch: line 1; line 2");
}

TEST(OpenAiBatches, ReadEachLineByItself) {
  EXPECT_EQ(replies(kOpenAiBatches,
                    R"({"custom_id":"item-7","response":{"status_code":200,"body":{"x":1}}})"
                    "\nno JSON\n"
                    R"({"custom_id":"item-2","response":{"status_code":429,"body":{"error":{}}}})"
                    "\n"
                    R"({"custom_id":"item-3","response":null,)"
                    R"("error":{"code":"batch_expired","message":"too late"}})"),
            "7:200 {\"x\":1}\n2:429 {\"error\":{}}\n3:0 too late (again)\n");
}

TEST(AnthropicBatches, HoldTheirQuestions) {
  EXPECT_EQ(sent(kAnthropicBatches.create({"/v1/messages", {"{}", R"({"a":1})"}}, "", "")),
            R"(/v1/messages/batches {"requests":[{"custom_id":"item-0","params":{}},)"
            R"({"custom_id":"item-1","params":{"a":1}}]})");
  EXPECT_EQ(told(kAnthropicBatches, R"({"id":"b","processing_status":"canceling"})"), "b runs");
  EXPECT_EQ(told(kAnthropicBatches, R"({"id":"b","processing_status":"ended"})"),
            "b ended /v1/messages/batches/b/results");
}

TEST(AnthropicBatches, SayOfErrorsTheStatusThatTheyHadAlone) {
  EXPECT_EQ(replies(kAnthropicBatches,
                    R"({"custom_id":"item-0","result":{"type":"succeeded","message":{"x":1}}})"
                    "\n"
                    R"({"custom_id":"item-1","result":{"type":"errored","error":)"
                    R"({"error":{"type":"overloaded_error"}}}})"
                    "\n"
                    R"({"custom_id":"item-2","result":{"type":"expired"}})"
                    "\n"
                    R"({"custom_id":"item-3","result":{"type":"canceled"}})"),
            "0:200 {\"x\":1}\n1:529 {\"error\":{\"type\":\"overloaded_error\"}}\n"
            "2:0 the batch has expired (again)\n3:0 the batch was cancelled\n");
}

TEST(GeminiBatches, AreOperationsWithTheirRepliesInOrder) {
  EXPECT_EQ(sent(kGeminiBatches.create({"/v1beta/models/g:generateContent", {"{}"}}, "", "")),
            R"(/v1beta/models/g:batchGenerateContent {"batch":{"display_name":"pflow",)"
            R"("input_config":{"requests":{"requests":[)"
            R"({"request":{},"metadata":{"key":"item-0"}}]}}}})");
  EXPECT_EQ(
      told(kGeminiBatches, R"({"name":"batches/b","metadata":{"state":"BATCH_STATE_PENDING"}})"),
      "batches/b runs");
  EXPECT_EQ(
      told(kGeminiBatches, R"({"name":"batches/b","metadata":{"state":"BATCH_STATE_SUCCEEDED"}})"),
      "batches/b ended /v1beta/batches/b");
  constexpr std::string_view kReplies =
      R"({"inlinedResponses":{"inlinedResponses":[{"response":{"x":1}},)"
      R"({"error":{"code":8,"message":"busy"}},{"error":{"code":400,"message":"odd"}}]}})";
  constexpr std::string_view kTold =
      "0:200 {\"x\":1}\n1:429 {\"error\":{\"code\":8,\"message\":\"busy\"}}\n"
      "2:400 {\"error\":{\"code\":400,\"message\":\"odd\"}}\n";
  EXPECT_EQ(replies(kGeminiBatches, R"({"response":)" + std::string(kReplies) + "}"), kTold);
  EXPECT_EQ(replies(kGeminiBatches, R"({"metadata":{"output":)" + std::string(kReplies) + "}}"),
            kTold);
}

TEST(Batches, AreFoundByTheirTokens) {
  const boost::json::value list = boost::json::parse(
      R"({"data":[{"id":"a","metadata":null},{"id":"b","metadata":{"pflow":"t"}}]})");
  EXPECT_EQ(kOpenAiBatches.find(list, "t").id, "b");
  EXPECT_EQ(kOpenAiBatches.find(list, "u").id, "");
  EXPECT_EQ(sent(kOpenAiBatches.create({"/responses", {}}, "f", "t")),
            R"(/batches {"input_file_id":"f","endpoint":"/v1/responses",)"
            R"("completion_window":"24h","metadata":{"pflow":"t"}})");
  EXPECT_EQ(
      kGeminiBatches
          .find(boost::json::parse(
                    R"({"operations":[{"name":"batches/b","metadata":{"displayName":"t"}}]})"),
                "t")
          .id,
      "batches/b");
  const boost::json::value dated =
      boost::json::parse(R"({"data":[{"id":"m","created_at":"2026-11-30T09:15:00.5Z"}]})");
  EXPECT_TRUE(kAnthropicBatches.find(dated, "20261130T091700.123456-4711-1").in_doubt);
  EXPECT_FALSE(kAnthropicBatches.find(dated, "20261130T093000.123456-4711-1").in_doubt);
  EXPECT_EQ(kAnthropicBatches.find(dated, "20261130T091700.123456-4711-1").id, "");
}

TEST(Batches, OfGeminiAskByContentsWhateverTheModel) {
  using pf_models::find_facts;
  const pf_models::Provider* gemini = pf_models::find_provider("gemini");
  const pf_models::ModelFacts& newer = *find_facts(gemini, "gemini-3.8-flash");
  EXPECT_EQ(newer.wire, &pf_models::kGeminiInteractions);
  EXPECT_EQ(pf_models::batch_facts(&newer)->wire, &pf_models::kGeminiGenerate);
  const pf_models::ModelFacts& older = *find_facts(gemini, "gemini-2.5-flash");
  EXPECT_EQ(pf_models::batch_facts(&older), &older);
}

TEST(Batches, TheirWordsNamePlaces) {
  EXPECT_EQ(pf_models::batch_place(pf_models::batch_word(12)), 12u);
  EXPECT_EQ(pf_models::batch_place("item-"), std::string_view::npos);
  EXPECT_EQ(pf_models::batch_place("other-1"), std::string_view::npos);
}
