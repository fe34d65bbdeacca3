// Chat completions as JSON, and what answers mean.
#include "stdlib-nodes/models/openai_chat.h"

#include <gtest/gtest.h>

#include <algorithm>

using pf_models::read_answer;
using pf_models::request_body;

namespace {

std::string problem(int status, std::string_view body) {
  pf_models::AnswerResult result = read_answer(status, body);
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
  EXPECT_EQ(problem(502, "<html>\nBad\x7f"),
            kind(PF_E_HTTP) + "the provider answered with HTTP 502: <html> Bad");
  EXPECT_EQ(problem(503, ""), kind(PF_E_HTTP) + "the provider answered with HTTP 503");
}

TEST(Chat, WordsOfProvidersWhateverTheShape) {
  auto said = [](std::string_view body) {
    std::string text = problem(400, body);
    return text.substr(std::min(text.find("HTTP 400") + 8, text.size()));
  };
  EXPECT_EQ(said(R"({"detail":[{"loc":["body","messages",0],"msg":"missing"},{"msg":"two"}]})"),
            ": body.messages.0: missing; two");
  EXPECT_EQ(said(R"([{"error":{"code":400,"message":"in a list"}}])"), ": in a list");
  EXPECT_EQ(said(R"({"errors":[{"message":"e"}]})"), ": e");
  EXPECT_EQ(said(R"({"error":"Bad Request","message":"the reason"})"), ": the reason");
  EXPECT_EQ(said(R"({"detail":{"error":{"message":"deep"}}})"), ": deep");
  EXPECT_EQ(said(R"({"error":{"message":"Provider returned error","metadata":{"raw":"full"}}})"),
            ": Provider returned error: full");
  EXPECT_EQ(said(R"({"outcome":{"why":"é"}})"), R"(: {"outcome":{"why":"é"}})");
  EXPECT_EQ(said(R"({"error":{"code":7}})"), R"(: {"error":{"code":7}})");
  EXPECT_EQ(said("words\n alone "), ": words  alone");
  EXPECT_EQ(said(" \n"), "");
  EXPECT_EQ(said("x" + std::string(500, 'y')), ": x" + std::string(199, 'y') + "…");
}

TEST(Chat, Endings) {
  auto answer = [](std::string_view reason) {
    auto result = read_answer(200, R"({"choices":[{"message":{"content":"ab"},"finish_reason":)" +
                                       std::string(reason) + "}]}");
    return result.answer ? std::to_string(static_cast<int>(result.answer->ending)) : "none";
  };
  auto number = [](pf_models::Ending ending) { return std::to_string(static_cast<int>(ending)); };
  for (const char* reason : {"\"stop\"", "null", "\"\"", "\"other\"", "7"})
    EXPECT_EQ(answer(reason), number(pf_models::Ending::Whole)) << reason;
  for (const char* reason : {"\"length\"", "\"max_tokens\"", "\"MAX_TOKENS\""})
    EXPECT_EQ(answer(reason), number(pf_models::Ending::Length)) << reason;
  for (const char* reason : {"\"content_filter\"", "\"SAFETY\""})
    EXPECT_EQ(answer(reason), number(pf_models::Ending::Filter)) << reason;
  auto nothing =
      read_answer(200, R"({"choices":[{"message":{"content":null},"finish_reason":"length"}]})");
  ASSERT_TRUE(nothing.answer) << "all tokens went into thoughts";
  EXPECT_EQ(nothing.answer->ending, pf_models::Ending::Length);
}

TEST(Chat, Refusals) {
  auto refusal = [](std::string_view message) {
    return problem(200, R"({"choices":[{"message":)" + std::string(message) + "}]}");
  };
  for (const char* none : {"\"\"", "null", "\" \\n\"", "false"})
    EXPECT_EQ(refusal(R"({"content":"fine","refusal":)" + std::string(none) + "}"), "answer");
  EXPECT_EQ(refusal(R"({"content":"so","refusal":"no"})"),
            kind(PF_E_MODEL) + "the model refused: no");
  EXPECT_EQ(refusal(R"({"content":[{"type":"refusal","refusal":"no"}]})"),
            kind(PF_E_MODEL) + "the model refused: no");
  EXPECT_EQ(refusal(R"({"content":[{"type":"text","text":"a","refusal":""}]})"), "answer");
}

TEST(Chat, HalfAPair) {
  auto result = read_answer(200, R"({"choices":[{"message":{"content":"a\ud83d"}}]})");
  ASSERT_TRUE(result.answer);
  EXPECT_EQ(result.answer->text, "a\uFFFD");
}

TEST(Chat, AnswersThatAreNone) {
  EXPECT_EQ(problem(200, R"({"choices":[]})"),
            kind(PF_E_MODEL) + "the answer of the provider holds no choices");
  EXPECT_EQ(problem(200, "[]"), kind(PF_E_MODEL) + "the answer of the provider holds no choices");
  EXPECT_EQ(problem(200, R"({"error":{"message":"full"}})"),
            kind(PF_E_MODEL) + "the provider answered with an error: full");
  EXPECT_EQ(problem(200, R"({"choices":[{"message":{"content":null,"refusal":"no"}}]})"),
            kind(PF_E_MODEL) + "the model refused: no");
  EXPECT_EQ(problem(200, R"({"choices":[{"message":{"content":null},"finish_reason":"stop"}]})"),
            kind(PF_E_MODEL) + "the answer of the model holds no text (stop)");
}

TEST(Chat, BrokenJson) {
  EXPECT_EQ(problem(200, "{\"choices\"")
                .find(kind(PF_E_PARSE) + "the answer of the provider is not JSON"),
            0u);
  EXPECT_EQ(problem(200, std::string(1000, '[')).find(kind(PF_E_PARSE)), 0u);
}
