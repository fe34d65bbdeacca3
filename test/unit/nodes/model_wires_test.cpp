// The APIs of the providers as JSON, and what answers mean.
#include <gtest/gtest.h>

#include <algorithm>

#include "stdlib-nodes/models/choice/chosen_model.h"
#include "stdlib-nodes/models/typed_answer.h"

using pf_models::Ending;
using pf_models::find_model;
using pf_models::ModelRequest;
using pf_models::Shape;

namespace {

pf_models::AnswerResult read_answer(int status, std::string_view body) {
  return pf_models::read_answer(pf_models::kOpenAiChat, status, body);
}

/// Path and body of a question to the model.
std::string request(std::string_view name, ModelRequest request) {
  pf_models::Model model = find_model(name);
  if (!model.facts) return "nobody has " + std::string(name);
  request.model = model.id;
  request.facts = model.facts;
  return model.facts->wire->path(request) + " " + model.facts->wire->body(request);
}

/// Text, ending, reason, model and tokens of an answer.
std::string told(const pf_models::WireForm& wire, std::string_view body) {
  pf_models::AnswerResult result = pf_models::read_answer(wire, 200, body);
  if (!result.answer) return "none: " + result.problem;
  const pf_models::Answer& answer = *result.answer;
  return answer.text + "|" + std::string(pf_models::finish_word(answer.ending)) + "|" +
         answer.reason + "|" + answer.model + "|" + std::to_string(answer.input_tokens) + "+" +
         std::to_string(answer.output_tokens);
}

std::string problem(int status, std::string_view body) {
  pf_models::AnswerResult result = read_answer(status, body);
  return result.answer ? "answer" : std::to_string(result.kind) + " " + result.problem;
}

std::string kind(pf_error_kind kind) { return std::to_string(kind) + " "; }

}  // namespace

TEST(Wires, WhatMustGoBackGoesBackToItsOwnApiAlone) {
  constexpr std::string_view kSaid = R"({"role":"assistant","content":"x","thinking":"so"})";
  pf_models::AnswerResult result = pf_models::read_answer(
      pf_models::kOllamaChat, 200, R"({"message":)" + std::string(kSaid) + "}");
  ASSERT_TRUE(result.answer);
  EXPECT_EQ(result.answer->original, kSaid);
  pf_models::Message said{.role = pf_models::Role::Assistant,
                          .text = "x",
                          .original = result.answer->original,
                          .api = "ollama_chat"};
  EXPECT_EQ(request("ollama/q", {.messages = {said}}),
            R"(/api/chat {"model":"q","messages":[)" + std::string(kSaid) + R"(],"stream":false})");
  EXPECT_EQ(request("gpt-4.1", {.messages = {said}}),
            R"(/chat/completions {"model":"gpt-4.1","messages":[)"
            R"({"role":"assistant","content":"x"}]})");
}

TEST(Wires, ChatRequest) {
  EXPECT_EQ(request("gpt-4.1", {.messages = {{.text = "say \"é\"\n"}}}),
            R"(/chat/completions {"model":"gpt-4.1","messages":[)"
            R"({"role":"user","content":"say \"é\"\n"}]})");
  EXPECT_EQ(
      request("gpt-4.1",
              {.system = "s", .messages = {{.text = "p"}}, .temperature = 0.5, .max_tokens = 9}),
      R"(/chat/completions {"model":"gpt-4.1","messages":[{"role":"system","content":"s"},)"
      R"({"role":"user","content":"p"}],"temperature":5E-1,"max_tokens":9})");
  EXPECT_EQ(request("o3-mini", {.messages = {{.text = "p"}}, .max_tokens = 9}),
            R"(/chat/completions {"model":"o3-mini","messages":[)"
            R"({"role":"user","content":"p"}],"max_completion_tokens":9})");
  EXPECT_EQ(request("gpt-4.1", {.messages = {{.text = "p"}}, .shape = {R"({"a":1})", true}}),
            R"(/chat/completions {"model":"gpt-4.1","messages":[{"role":"user","content":"p"}],)"
            R"("response_format":{"type":"json_schema","json_schema":)"
            R"({"name":"output","schema":{"a":1},"strict":true}}})");
}

TEST(Wires, ResponsesRequest) {
  EXPECT_EQ(
      request("gpt-6-sol", {.system = "s",
                            .messages = {{.text = "p"}},
                            .max_tokens = 9,
                            .shape = {R"({"a":1})", false}}),
      R"(/responses {"model":"gpt-6-sol","input":[{"role":"user","content":"p"}],)"
      R"("store":false,"include":["reasoning.encrypted_content"],"instructions":"s","max_output_tokens":9,"text":{"format":)"
      R"({"type":"json_schema","name":"output","schema":{"a":1},"strict":false}}})");
}

TEST(Wires, ResponsesAnswers) {
  const auto& wire = pf_models::kOpenAiResponses;
  EXPECT_EQ(told(wire, R"({"status":"completed","model":"m","output":[{"type":"reasoning"},
              {"type":"message","content":[{"type":"output_text","text":"a"},{"type":"new"},
              {"type":"output_text","text":"b"}]}],
              "usage":{"input_tokens":3,"output_tokens":4}})"),
            "ab|stop||m|3+4");
  EXPECT_EQ(told(wire, R"({"status":"incomplete","incomplete_details":{"reason":
              "max_output_tokens"},"output":[]})"),
            "|length|max_output_tokens||0+0");
  EXPECT_EQ(told(wire, R"({"status":"incomplete","incomplete_details":{"reason":
              "content_filter"},"output":[]})"),
            "|filtered|content_filter||0+0");
  EXPECT_EQ(told(wire, R"({"status":"completed","output":[{"type":"message","content":
              [{"type":"refusal","refusal":"no"}]}]})"),
            "|refused|no||0+0");
  EXPECT_EQ(told(wire, R"({"status":"completed","output":[{"type":"function_call"}]})"),
            "|tool_calls|||0+0");
  EXPECT_EQ(told(wire, R"({"status":"completed","output":[]})"),
            "none: the answer of the model holds no text (status completed)");
  EXPECT_EQ(told(wire, R"({"status":"failed","error":{"message":"down"},"output":[]})"),
            "none: the provider answered with an error: down");
  EXPECT_EQ(told(wire, "[]"), "none: the answer of the provider holds no output");
}

TEST(Wires, MessagesRequest) {
  EXPECT_EQ(
      request("claude-opus-5-5", {.system = "s", .messages = {{.text = "p"}}, .max_tokens = 9}),
      R"(/v1/messages {"model":"claude-opus-5-5","max_tokens":9,)"
      R"("messages":[{"role":"user","content":"p"}],"system":"s"})");
  EXPECT_EQ(request("anthropic/other", {.messages = {{.text = "p"}}, .temperature = 0.5}),
            R"(/v1/messages {"model":"other","max_tokens":4096,)"
            R"("messages":[{"role":"user","content":"p"}],"temperature":5E-1})");
  EXPECT_EQ(
      request("claude-sonnet-4-6", {.messages = {{.text = "p"}}, .shape = {R"({"a":1})", true}}),
      R"(/v1/messages {"model":"claude-sonnet-4-6","max_tokens":16384,)"
      R"("messages":[{"role":"user","content":"p"}],"output_config":)"
      R"({"format":{"type":"json_schema","schema":{"a":1}}}})");
}

TEST(Wires, MessagesSayTheShapeWhereTheyAreNotHeldToIt) {
  std::string said = R"("system":"s\n\nAnswer with JSON alone, without a fence around it, that )"
                     R"(fits this JSON schema:\n{\"a\":1}"})";
  Shape loose = {R"({"a":1})", false}, recursive = {R"({"a":1})", true, true},
        many = {R"({"a":1})", true, false, 17};
  for (const Shape& shape : {loose, recursive, many}) {
    std::string sent =
        request("claude-opus-5-5", {.system = "s", .messages = {{.text = "p"}}, .shape = shape});
    EXPECT_TRUE(sent.ends_with(said)) << sent;
  }
}

TEST(Wires, MessagesAnswers) {
  const auto& wire = pf_models::kAnthropicMessages;
  EXPECT_EQ(told(wire, R"({"content":[{"type":"thinking","thinking":"t"},{"type":"text",
              "text":"a"},{"type":"text","text":"b"}],"stop_reason":"end_turn","model":"m",
              "usage":{"input_tokens":1,"cache_creation_input_tokens":10,
              "cache_read_input_tokens":100,"output_tokens":4}})"),
            "ab|stop|end_turn|m|111+4");
  auto ending = [&](std::string_view reason) {
    return told(wire, R"({"content":[{"type":"text","text":"a"}],"stop_reason":")" +
                          std::string(reason) + "\"}");
  };
  EXPECT_EQ(ending("stop_sequence"), "a|stop|stop_sequence||0+0");
  EXPECT_EQ(ending("max_tokens"), "a|length|max_tokens||0+0");
  EXPECT_EQ(ending("model_context_window_exceeded"), "a|length|model_context_window_exceeded||0+0");
  EXPECT_EQ(ending("tool_use"), "a|tool_calls|tool_use||0+0");
  EXPECT_EQ(told(wire, R"({"content":[],"stop_reason":"refusal",
              "stop_details":{"category":"c","explanation":"not this"}})"),
            "|refused|not this||0+0");
  EXPECT_EQ(told(wire, R"({"content":[],"stop_reason":"end_turn"})"),
            "none: the answer of the model holds no text (end_turn)");
  EXPECT_EQ(told(wire, R"({"type":"error","error":{"type":"api_error","message":"down"}})"),
            "none: the provider answered with an error: down");
}

TEST(Wires, GenerateRequest) {
  EXPECT_EQ(request("gemini-3-flash-preview", {.messages = {{.text = "p"}}}),
            R"(/v1beta/models/gemini-3-flash-preview:generateContent {"contents":)"
            R"([{"parts":[{"text":"p"}],"role":"user"}]})");
  EXPECT_EQ(request("gemini/a?b/c", {.system = "s",
                                     .messages = {{.text = "p"}},
                                     .temperature = 0.5,
                                     .max_tokens = 9,
                                     .shape = {R"({"a":1})", true}}),
            R"(/v1beta/models/a%3Fb%2Fc:generateContent {"contents":)"
            R"([{"parts":[{"text":"p"}],"role":"user"}],)"
            R"("systemInstruction":{"parts":[{"text":"s"}],"role":"user"},)"
            R"("generationConfig":{"temperature":5E-1,"maxOutputTokens":9,)"
            R"("responseMimeType":"application/json","responseJsonSchema":{"a":1}}})");
}

TEST(Wires, GenerateAnswers) {
  const auto& wire = pf_models::kGeminiGenerate;
  EXPECT_EQ(told(wire, R"({"candidates":[{"content":{"parts":[{"text":"hm","thought":true},
              {"text":"a"},{"text":"b"}]},"finishReason":"STOP"}],"modelVersion":"m",
              "usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4,
              "thoughtsTokenCount":10}})"),
            "ab|stop|STOP|m|3+14");
  auto ending = [&](std::string_view reason) {
    return told(wire, R"({"candidates":[{"content":{"parts":[{"text":"a"}]},"finishReason":")" +
                          std::string(reason) + "\"}]}");
  };
  EXPECT_EQ(ending("MAX_TOKENS"), "a|length|MAX_TOKENS||0+0");
  for (std::string reason : {"SAFETY", "RECITATION", "LANGUAGE", "SPII", "OTHER"})
    EXPECT_EQ(ending(reason), "a|filtered|" + reason + "||0+0");
  EXPECT_EQ(ending("UNEXPECTED_TOOL_CALL"), "a|tool_calls|UNEXPECTED_TOOL_CALL||0+0");
  EXPECT_EQ(told(wire, R"({"promptFeedback":{"blockReason":"SAFETY"}})"), "|filtered|SAFETY||0+0");
  EXPECT_EQ(told(wire, "{}"), "none: the answer of the provider holds no candidates");
  EXPECT_EQ(told(wire, R"({"candidates":[{"finishReason":"STOP"}]})"),
            "none: the answer of the model holds no text (STOP)");
}

TEST(Wires, InteractionsRequest) {
  EXPECT_EQ(request("gemini-3.8-flash", {.messages = {{.text = "p"}}}),
            R"(/v1beta/interactions {"model":"gemini-3.8-flash","input":)"
            R"([{"type":"user_input","content":[{"type":"text","text":"p"}]}],"store":false})");
  EXPECT_EQ(request("gemini-4-pro", {.system = "s",
                                     .messages = {{.text = "p"}},
                                     .max_tokens = 9,
                                     .shape = {R"({"a":1})", true},
                                     .streamed = true}),
            R"(/v1beta/interactions {"model":"gemini-4-pro","input":)"
            R"([{"type":"user_input","content":[{"type":"text","text":"p"}]}],"store":false,)"
            R"("system_instruction":"s","generation_config":{"max_output_tokens":9},)"
            R"("response_format":{"type":"text","mime_type":"application/json",)"
            R"("schema":{"a":1}},"stream":true})");
}

TEST(Wires, InteractionsSayWhatTheirToolsSaid) {
  pf_models::Message said{.role = pf_models::Role::Assistant,
                          .text = "so",
                          .calls = {{"1", "look", R"({"a":1})"}, {"2", "look", "{oops"}}};
  pf_models::Message results{.role = pf_models::Role::Tool,
                             .results = {{"1", "look", "fine"}, {"2", "look", "no", true}}};
  EXPECT_EQ(request("gemini-3.8-flash", {.messages = {said, results}}),
            R"(/v1beta/interactions {"model":"gemini-3.8-flash","input":)"
            R"([{"type":"model_output","content":[{"type":"text","text":"so"}]},)"
            R"({"type":"function_call","id":"1","name":"look","arguments":{"a":1}},)"
            R"({"type":"function_call","id":"2","name":"look","arguments":"{oops"},)"
            R"({"type":"function_result","call_id":"1","name":"look","result":"fine"},)"
            R"({"type":"function_result","call_id":"2","name":"look","result":"no",)"
            R"("is_error":true}],"store":false})");
}

TEST(Wires, InteractionsSayWhichTokensWereCachedAndThought) {
  pf_models::AnswerResult result = pf_models::read_answer(
      pf_models::kGeminiInteractions, 200,
      R"({"status":"completed","steps":[{"type":"model_output","content":[{"type":"text",)"
      R"("text":"a"}]}],"usage":{"total_input_tokens":3,"total_cached_tokens":2,)"
      R"("total_output_tokens":4,"total_thought_tokens":10}})");
  ASSERT_TRUE(result.answer);
  EXPECT_EQ(result.answer->cached_tokens, 2);
  EXPECT_EQ(result.answer->reasoning_tokens, 10);
}

TEST(Wires, InteractionsAnswers) {
  const auto& wire = pf_models::kGeminiInteractions;
  EXPECT_EQ(told(wire, R"({"status":"completed","model":"m","steps":[{"type":"thought",
              "signature":"s"},{"type":"model_output","content":[{"type":"text","text":"a"},
              {"type":"image"},{"type":"text","text":"b"}]},{"type":"new"}],"usage":{
              "total_input_tokens":3,"total_cached_tokens":2,"total_output_tokens":4,
              "total_thought_tokens":10,"total_tokens":17}})"),
            "ab|stop|completed|m|3+14");
  auto ending = [&](std::string_view status, std::string_view errors = "[]") {
    return told(wire, R"({"status":")" + std::string(status) + R"(","errors":)" +
                          std::string(errors) + R"(,"steps":[{"type":"model_output",
                            "content":[{"type":"text","text":"a"}]}]})");
  };
  for (std::string status : {"incomplete", "budget_exceeded", "requires_continuation"})
    EXPECT_EQ(ending(status), "a|length|" + status + "||0+0");
  EXPECT_EQ(ending("requires_action"), "a|tool_calls|requires_action||0+0");
  EXPECT_EQ(ending("failed", R"([{"code":"PROHIBITED_CONTENT","message":"not this"}])"),
            "a|filtered|not this||0+0");
  EXPECT_EQ(ending("failed", R"([{"code":"internal","message":"down"}])"),
            "none: the provider answered with an error: down");
  EXPECT_EQ(told(wire, R"({"status":"cancelled"})"),
            R"(none: the provider answered with an error: {"status":"cancelled"})");
  EXPECT_EQ(told(wire, R"({"status":"completed","steps":[{"type":"function_call"}]})"),
            "|tool_calls|completed||0+0");
  EXPECT_EQ(told(wire, R"({"status":"completed","steps":[{"type":"thought"}]})"),
            "none: the answer of the model holds no text (status completed)");
  EXPECT_EQ(told(wire, "{}"), "none: the answer of the provider holds no steps");
}

TEST(Wires, OllamaRequestAndAnswers) {
  EXPECT_EQ(request("ollama/qwen3", {.system = "s",
                                     .messages = {{.text = "p"}},
                                     .temperature = 0.5,
                                     .max_tokens = 9,
                                     .shape = {R"({"a":1})", true}}),
            R"(/api/chat {"model":"qwen3","messages":[{"role":"system","content":"s"},)"
            R"({"role":"user","content":"p"}],"format":{"a":1},)"
            R"("options":{"temperature":5E-1,"num_predict":9},"stream":false})");
  const auto& wire = pf_models::kOllamaChat;
  EXPECT_EQ(told(wire, R"({"model":"m","message":{"content":"a"},"done":true,
              "done_reason":"stop","prompt_eval_count":3,"eval_count":4})"),
            "a|stop|stop|m|3+4");
  EXPECT_EQ(told(wire, R"({"message":{"content":"a"},"done_reason":"length"})"),
            "a|length|length||0+0");
  EXPECT_EQ(told(wire, R"({"message":{"content":"","tool_calls":[{"function":{}}]}})"),
            "|tool_calls|||0+0");
  EXPECT_EQ(told(wire, R"({"error":"model not found"})"),
            "none: the provider answered with an error: model not found");
  EXPECT_EQ(told(wire, "{}"), "none: the answer of the provider holds no message");
}

TEST(Models, AreFoundByTheirNames) {
  auto who = [](std::string_view name) {
    pf_models::Model model = find_model(name);
    return model.facts ? std::string(model.provider().name) + " " + model.id : "nobody";
  };
  EXPECT_EQ(who("gpt-5.6-sol"), "openai gpt-5.6-sol");
  EXPECT_EQ(who("claude-opus-5-5"), "anthropic claude-opus-5-5");
  EXPECT_EQ(who("gemini-3.8-flash"), "gemini gemini-3.8-flash");
  EXPECT_EQ(who("ollama/hf.co/a/b:Q4"), "ollama hf.co/a/b:Q4");
  EXPECT_EQ(who("openai/anthropic/claude-x"), "openai anthropic/claude-x");
  unsetenv("OPENAI_BASE_URL");
  for (const char* name : {"llama", "mistral/large", "openai/", "/", ""})
    EXPECT_EQ(who(name), "nobody") << name;
  setenv("OPENAI_BASE_URL", "http://localhost:1/v1", 1);
  EXPECT_EQ(who("llama"), "openai llama");
  EXPECT_EQ(who("mistral/large"), "openai mistral/large");
  unsetenv("OPENAI_BASE_URL");
}

TEST(Models, OnlySomeTakeATemperature) {
  for (const char* name : {"gpt-6-sol", "gpt-5", "gpt-5-mini", "o3", "claude-opus-5-5",
                           "claude-opus-4-7", "claude-sonnet-5-5", "claude-fable-5-2",
                           "gemini-3.5-flash", "gemini-3.8-flash", "gemini-4-pro"})
    EXPECT_FALSE(find_model(name).facts->samples) << name;
  for (const char* name :
       {"gpt-4.1", "gpt-5.5", "claude-3-haiku", "claude-sonnet-4-6", "claude-opus-4-6",
        "claude-haiku-4-5", "gemini-3.1-pro-preview", "ollama/x"})
    EXPECT_TRUE(find_model(name).facts->samples) << name;
}

TEST(Providers, AddressesOfOllama) {
  const pf_models::Provider& ollama = *pf_models::find_provider("ollama");
  auto url = [&](const char* host) {
    setenv("OLLAMA_HOST", host, 1);
    std::string made = pf_models::request_url(ollama, "/api/chat");
    unsetenv("OLLAMA_HOST");
    return made;
  };
  EXPECT_EQ(url(""), "http://127.0.0.1:11434/api/chat");
  EXPECT_EQ(url("box"), "http://box:11434/api/chat");
  EXPECT_EQ(url("box:80"), "http://box:80/api/chat");
  EXPECT_EQ(url("0.0.0.0"), "http://127.0.0.1:11434/api/chat");
  EXPECT_EQ(url("0.0.0.0:5000"), "http://127.0.0.1:5000/api/chat");
  EXPECT_EQ(url("https://ollama.example/sub/"), "https://ollama.example/sub/api/chat");
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
  EXPECT_EQ(problem(400, R"({"error":{"code":400,"message":"no such key","status":)"
                         R"("INVALID_ARGUMENT","details":[{"@type":"ErrorInfo",)"
                         R"("reason":"API_KEY_INVALID"}]}})"),
            kind(PF_E_KEY) + "the provider refused the key (HTTP 400): no such key");
  EXPECT_EQ(problem(403, R"([{"error":{"code":"invalid_api_key","message":"no such key"}}])"),
            kind(PF_E_KEY) + "the provider refused the key (HTTP 403): no such key");
  EXPECT_EQ(problem(400, R"({"error":{"code":400,"message":"API_KEY_INVALID"}})"),
            kind(PF_E_HTTP) + "the provider answered with HTTP 400: API_KEY_INVALID");
  EXPECT_EQ(problem(403, R"({"error":{"type":"permission_error","message":"not yours"}})"),
            kind(PF_E_HTTP) + "the provider answered with HTTP 403: not yours");
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
  auto answer = [](std::string_view message) {
    return told(pf_models::kOpenAiChat,
                R"({"choices":[{"message":)" + std::string(message) + "}]}");
  };
  for (const char* none : {"\"\"", "null", "\" \\n\"", "false"})
    EXPECT_EQ(answer(R"({"content":"fine","refusal":)" + std::string(none) + "}"),
              "fine|stop|||0+0");
  EXPECT_EQ(answer(R"({"content":"so","refusal":"no"})"), "so|refused|no||0+0");
  EXPECT_EQ(answer(R"({"content":[{"type":"refusal","refusal":"no"}]})"), "|refused|no||0+0");
  EXPECT_EQ(answer(R"({"content":null,"refusal":"no"})"), "|refused|no||0+0");
  EXPECT_EQ(answer(R"({"content":[{"type":"text","text":"a","refusal":""}]})"), "a|stop|||0+0");
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
  EXPECT_EQ(problem(200, R"({"choices":[{"message":{"content":null},"finish_reason":"stop"}]})"),
            kind(PF_E_MODEL) + "the answer of the model holds no text (stop)");
}

TEST(Chat, BrokenJson) {
  EXPECT_EQ(problem(200, "{\"choices\"")
                .find(kind(PF_E_PARSE) + "the answer of the provider is not JSON"),
            0u);
  EXPECT_EQ(problem(200, std::string(1000, '[')).find(kind(PF_E_PARSE)), 0u);
}
