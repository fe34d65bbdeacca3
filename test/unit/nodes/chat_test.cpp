// Chat completions as JSON, and what answers mean.
#include "stdlib-nodes/models/chat.h"

#include <gtest/gtest.h>

using pf_models::read_answer;
using pf_models::request_body;

namespace {

std::string problem(long status, std::string_view body) {
  pf_models::ChatResult result = read_answer(status, body);
  return result.answer ? "answer" : std::to_string(result.kind) + " " + result.problem;
}

std::string kind(pf_error_kind kind) { return std::to_string(kind) + " "; }

}  // namespace

TEST(Chat, RequestHoldsWhatWasGiven) {
  EXPECT_EQ(request_body({.model = "m", .prompt = "say \"é\"\n"}),
            R"({"messages":[{"role":"user","content":"say \"é\"\n"}],"model":"m"})");
  EXPECT_EQ(request_body(
                {.model = "m", .system = "s", .prompt = "p", .temperature = 0.5, .max_tokens = 9}),
            R"({"messages":[{"role":"system","content":"s"},{"role":"user","content":"p"}],)"
            R"("model":"m","temperature":5E-1,"max_tokens":9})");
}

TEST(Chat, AnswerWithUsage) {
  auto result = read_answer(200, R"({"model":"m-1","choices":[{"message":{"content":"hi"}}],
    "usage":{"prompt_tokens":3,"completion_tokens":4,"cost":0.5}})");
  ASSERT_TRUE(result.answer);
  EXPECT_EQ(result.answer->text, "hi");
  EXPECT_EQ(result.answer->model, "m-1");
  EXPECT_EQ(result.answer->input_tokens, 3);
  EXPECT_EQ(result.answer->output_tokens, 4);
  EXPECT_EQ(result.answer->cost, 0.5);
}

TEST(Chat, AnswerInParts) {
  auto result = read_answer(200, R"({"choices":[{"message":{"content":
    [{"type":"text","text":"a"},{"type":"image"},{"type":"text","text":"b"}]}}]})");
  ASSERT_TRUE(result.answer);
  EXPECT_EQ(result.answer->text, "ab");
  EXPECT_EQ(result.answer->input_tokens, 0);
  EXPECT_FALSE(result.answer->cost);
}

TEST(Chat, StatusesAndMessages) {
  EXPECT_EQ(problem(401, R"({"error":{"message":"bad key"}})"),
            kind(PF_E_KEY) + "the provider refused the key (HTTP 401): bad key");
  EXPECT_EQ(
      problem(429, R"({"error":"slow down"})"),
      kind(PF_E_RATE_LIMIT) + "the provider limits the rate of requests (HTTP 429): slow down");
  EXPECT_EQ(problem(500, R"({"detail":"oops"})"),
            kind(PF_E_HTTP) + "the provider answered with HTTP 500: oops");
  EXPECT_EQ(problem(502, "<html>\nBad\xff"),
            kind(PF_E_HTTP) + "the provider answered with HTTP 502: <html> Bad ");
  EXPECT_EQ(problem(503, ""), kind(PF_E_HTTP) + "the provider answered with HTTP 503");
}

TEST(Chat, AnswersThatAreNone) {
  EXPECT_EQ(problem(200, R"({"choices":[]})"),
            kind(PF_E_MODEL) + "the answer of the provider holds no choices");
  EXPECT_EQ(problem(200, "[]"), kind(PF_E_MODEL) + "the answer of the provider holds no choices");
  EXPECT_EQ(problem(200, R"({"error":{"message":"full"}})"),
            kind(PF_E_MODEL) + "the provider answered with an error: full");
  EXPECT_EQ(problem(200, R"({"choices":[{"message":{"content":null,"refusal":"no"}}]})"),
            kind(PF_E_MODEL) + "the model refused: no");
  EXPECT_EQ(problem(200, R"({"choices":[{"message":{"content":null},"finish_reason":"length"}]})"),
            kind(PF_E_MODEL) + "the answer of the model holds no text (length)");
}

TEST(Chat, BrokenJson) {
  EXPECT_EQ(problem(200, "{\"choices\"")
                .find(kind(PF_E_PARSE) + "the answer of the provider is not JSON"),
            0u);
  EXPECT_EQ(problem(200, std::string(1000, '[')).find(kind(PF_E_PARSE)), 0u);
  EXPECT_EQ(
      problem(200, "{\"choices\":[{\"message\":{\"content\":\"\xff\"}}]}").find(kind(PF_E_PARSE)),
      0u);
}
