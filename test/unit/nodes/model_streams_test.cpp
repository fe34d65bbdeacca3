// Streams of the providers: their events, cut at every border, become the body that a whole
// answer has.
#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "stdlib-nodes/models/streams/lines.h"
#include "stdlib-nodes/models/streams/sse.h"
#include "stdlib-nodes/models/streams/streamed_body.h"
#include "stdlib-nodes/models/typed_answer.h"

using pf_models::StreamedBody;
using pf_models::WireForm;

namespace {

namespace json = boost::json;

/// `name=data;` of each event of the pieces.
template <typename Reader>
std::string events(std::initializer_list<std::string_view> pieces) {
  Reader reader;
  for (std::string_view piece : pieces) reader.add(piece);
  reader.finish();
  std::string all;
  for (pf_models::StreamEvent event; reader.next(event);)
    all += event.name + "=" + event.data + ";";
  return all;
}

/// The same of the whole, of it cut in two at each place, and byte by byte.
template <typename Reader>
std::string events(std::string_view bytes) {
  std::string whole = events<Reader>({bytes});
  for (size_t at = 0; at <= bytes.size(); ++at)
    EXPECT_EQ(events<Reader>({bytes.substr(0, at), bytes.substr(at)}), whole) << at;
  Reader reader;
  for (size_t at = 0; at < bytes.size(); ++at) reader.add(bytes.substr(at, 1));
  reader.finish();
  std::string slow;
  for (pf_models::StreamEvent event; reader.next(event);)
    slow += event.name + "=" + event.data + ";";
  EXPECT_EQ(slow, whole);
  return whole;
}

std::string sse(std::string_view bytes) { return events<pf_models::SseReader>(bytes); }

std::string shown(pf_models::AnswerResult result) {
  if (!result.answer) return std::to_string(result.kind) + " " + result.problem;
  const pf_models::Answer& answer = *result.answer;
  return answer.text + "|" + std::string(pf_models::finish_word(answer.ending)) + "|" +
         answer.model + "|" + std::to_string(answer.input_tokens) + "+" +
         std::to_string(answer.output_tokens);
}

/// The pieces of the text, then the answer.
std::string told(const WireForm& wire, std::initializer_list<std::string_view> parts) {
  StreamedBody body(wire);
  std::vector<std::string> pieces;
  for (std::string_view part : parts) body.add(part, pieces);
  body.finish(pieces);
  std::string all;
  for (const std::string& piece : pieces) all += "[" + piece + "]";
  return all + " " + shown(body.answer());
}

std::string told(const WireForm& wire, std::string_view bytes) {
  std::string whole = told(wire, {bytes});
  for (size_t at = 0; at <= bytes.size(); ++at)
    EXPECT_EQ(told(wire, {bytes.substr(0, at), bytes.substr(at)}), whole) << at;
  return whole;
}

std::string kind(pf_error_kind kind) { return " " + std::to_string(kind) + " "; }

/// What the assembler makes of the events, which stand a line each.
json::value body_of(const WireForm& wire, std::string_view lines) {
  std::unique_ptr<pf_models::Assembler> assembler = wire.assembler();
  std::string text;
  while (!lines.empty()) {
    size_t end = std::min(lines.find('\n'), lines.size());
    if (end > 0) assembler->add(json::parse(std::string(lines.substr(0, end))), text);
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  EXPECT_TRUE(assembler->ended());
  return assembler->body();
}

void expect_body(const WireForm& wire, std::string_view lines, const char* body) {
  json::value made = body_of(wire, lines);
  EXPECT_TRUE(made == json::parse(body)) << json::serialize(made);
}

const WireForm& chat = pf_models::kOpenAiChat;
const WireForm& responses = pf_models::kOpenAiResponses;
const WireForm& messages = pf_models::kAnthropicMessages;
const WireForm& generate = pf_models::kGeminiGenerate;
const WireForm& interactions = pf_models::kGeminiInteractions;
const WireForm& ollama = pf_models::kOllamaChat;

/// A chunk of chat completions with this delta.
std::string said(std::string_view delta, std::string_view finish = "null") {
  return "data: {\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":" + std::string(delta) +
         ",\"finish_reason\":" + std::string(finish) + "}]}\n\n";
}

}  // namespace

TEST(Sse, LineEnds) {
  for (std::string_view end : {"\n", "\r", "\r\n"}) {
    std::string e(end);
    EXPECT_EQ(sse("data: a" + e + e + "event: x" + e + "data: b" + e + e), "=a;x=b;") << e.size();
    EXPECT_EQ(sse("data: a" + e + "data: b" + e + e), "=a\nb;");
    EXPECT_EQ(sse(e + e + "data: a" + e + e + e + "data: b" + e + e), "=a;=b;");
  }
  EXPECT_EQ(sse("data: a\r\ndata: b\n\rdata: c\r\r"), "=a\nb;=c;");
}

TEST(Sse, FieldsAndValues) {
  EXPECT_EQ(sse("data:a\n\ndata:  b \n\ndata\n\ndata:\ndata: c\n\n"), "=a;= b ;=;=\nc;");
  EXPECT_EQ(sse("id: 7\nretry: 3\ndata: a\nnews: x\nEVENT: y\n\n"), "=a;");
  EXPECT_EQ(sse("data: a:b: c\n\n"), "=a:b: c;");
}

TEST(Sse, WhatSaysNothing) {
  EXPECT_EQ(sse(": ping\n\n:\n\n data: skipped\n\nevent: only\n\ndata: a\n\n"), "=a;");
  EXPECT_EQ(sse(""), "");
  EXPECT_EQ(sse("\n\n\r\n"), "");
}

TEST(Sse, MarksCharactersAndEnds) {
  EXPECT_EQ(sse("\xEF\xBB\xBF"
                "data: é😀\n\n"),
            "=é😀;");
  EXPECT_EQ(sse("data: a\n\ndata: b"), "=a;=b;") << "the last event without its blank line";
  EXPECT_EQ(sse("data: a\n\ndata: b\n"), "=a;=b;");
}

TEST(Lines, Values) {
  std::string whole =
      events<pf_models::LineReader>("\xEF\xBB\xBF{\"a\":\"é\"}\r\n\n {\"b\":1}\n[2]");
  EXPECT_EQ(whole, "={\"a\":\"é\"}\r;= {\"b\":1};=[2];");
}

TEST(ChatStream, TextAndUsage) {
  std::string stream = said(R"({"role":"assistant","content":""})") + said(R"({"content":"Hé"})") +
                       said(R"({"content":" you 😀"})") + said("{}", "\"stop\"") +
                       "data: {\"model\":\"m-2\",\"choices\":[],\"usage\":{\"prompt_tokens\":3,"
                       "\"completion_tokens\":4}}\n\n";
  EXPECT_EQ(told(chat, stream + "data: [DONE]\n\n"), "[Hé][ you 😀] Hé you 😀|stop|m-2|3+4");
  EXPECT_EQ(told(chat, stream), "[Hé][ you 😀] Hé you 😀|stop|m-2|3+4") << "without [DONE]";
  EXPECT_EQ(told(chat, said(R"({"content":"a"})") + "data: [DONE]\n\n"), "[a] a|stop|m|0+0")
      << "no reason";
}

TEST(ChatStream, BehindTheEndNothingCounts) {
  EXPECT_EQ(told(chat, said(R"({"content":"a"})", "\"stop\"") + "data: [DONE]\n\ndata: {oops\n\n" +
                           said(R"({"content":"b"})")),
            "[a] a|stop|m|0+0");
}

TEST(ChatStream, CallsGrowByTheirIndex) {
  expect_body(chat, R"(
{"id":"x","object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":null,"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":""}}]},"finish_reason":null}]}
{"id":"x","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"id":"c2","type":"function","function":{"name":"g"}}]}}]}
{"id":"x","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\""}}]}}]}
{"id":"x","choices":[{"index":0,"delta":{"tool_calls":[{"index":1,"function":{"arguments":null}},{"index":0,"function":{"arguments":":1}"}}]}}]}
{"id":"x","choices":[{"index":0,"delta":{"content":""},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":1}})",
              R"({"id":"x","object":"chat.completion","usage":{"prompt_tokens":1},"choices":[
{"index":0,"finish_reason":"tool_calls","message":{"role":"assistant","tool_calls":[
{"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\":1}"}},
{"id":"c2","type":"function","function":{"name":"g","arguments":"{}"}}],"content":""}}]})");
}

TEST(ChatStream, CallsOfOtherServers) {
  // Without an index, and with arguments that begin as those of a call without any.
  expect_body(chat, R"(
{"choices":[{"delta":{"tool_calls":[{"id":"a","function":{"name":"f","arguments":"{}"}}]}}]}
{"choices":[{"delta":{"tool_calls":[{"function":{"arguments":"{\"x\":"}},{"function":{"arguments":"2}"}}]}}]}
{"choices":[{"delta":{"tool_calls":[{"id":"b","function":{"name":"g","arguments":{"y":1}}}]},"finish_reason":"stop"}]})",
              R"({"object":"chat.completion","choices":[{"message":{"tool_calls":[
{"id":"a","function":{"name":"f","arguments":"{\"x\":2}"}},
{"id":"b","function":{"name":"g","arguments":{"y":1}}}]},"finish_reason":"stop"}]})");
}

TEST(ChatStream, ThoughtsAndParts) {
  expect_body(chat, R"(
{"choices":[{"index":0,"delta":{"reasoning_content":"I ","reasoning_details":[{"type":"reasoning.text","index":0,"text":"I "}]}}]}
{"choices":[{"index":0,"delta":{"reasoning_content":"think","reasoning_details":[{"type":"reasoning.text","index":0,"text":"think","signature":"s"}]}}]}
{"choices":[{"index":0,"delta":{"content":"a"}}]}
{"choices":[{"index":0,"delta":{"content":[{"type":"text","text":"b"}]},"finish_reason":"stop"}]})",
              R"({"object":"chat.completion","choices":[{"index":0,"message":{
"reasoning_content":"I think","reasoning_details":[{"type":"reasoning.text","index":0,"text":"I think","signature":"s"}],
"content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]},"finish_reason":"stop"}]})");
}

TEST(ChatStream, Refusals) {
  EXPECT_EQ(told(chat, said(R"({"refusal":"I "})") + said(R"({"refusal":"won't"})", "\"stop\"")),
            " |refused|m|0+0");
}

TEST(ChatStream, Failures) {
  std::string first = said(R"({"content":"so far"})");
  EXPECT_EQ(told(chat, first + "data: {\"error\":{\"message\":\"down\"}}\n\ndata: [DONE]\n\n"),
            "[so far]" + kind(PF_E_MODEL) + "the provider answered with an error: down");
  EXPECT_EQ(told(chat, first + "event: error\ndata: {\"message\":\"down\"}\n\n"),
            "[so far]" + kind(PF_E_MODEL) + "the provider answered with an error: down");
  EXPECT_EQ(told(chat, {first}),
            "[so far]" + kind(PF_E_NETWORK) + "the answer ended before it was whole");
  EXPECT_EQ(told(chat, {first + "data: {\"choices\":[{\"del"}),
            "[so far]" + kind(PF_E_NETWORK) + "the answer ended before it was whole");
  EXPECT_EQ(told(chat, first + "data: {oops}\n\n" + first).substr(0, 10),
            "[so far]" + kind(PF_E_PARSE).substr(0, 2));
}

TEST(ChatStream, WhatIsNoStream) {
  std::string whole =
      "{\"model\":\"m\",\n \"choices\":[{\"message\":{\"content\":\"hé\"}}],\n"
      "\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":2}}\n";
  EXPECT_EQ(told(chat, whole), " hé|stop|m|1+2");
  EXPECT_EQ(told(chat, "\xEF\xBB\xBF" + whole), " hé|stop|m|1+2");
  EXPECT_EQ(told(chat, "<html>\n<p>data</p>"),
            kind(PF_E_PARSE) +
                "the answer of the provider is not JSON (syntax error): <html> <p>data</p>");
  EXPECT_EQ(told(chat, ""),
            kind(PF_E_NETWORK) + "the answer ended before it was whole: it is empty");
  EXPECT_EQ(told(chat, ": nothing\n\n: more\n\n"),
            kind(PF_E_NETWORK) + "the answer ended before it was whole");
  EXPECT_EQ(told(chat, "h\xE9"),
            kind(PF_E_PARSE) + "the answer of the provider is not UTF-8: byte 0xe9 at offset 1");
}

TEST(ResponsesStream, TheLastEventHoldsTheAnswer) {
  std::string stream =
      "event: response.created\ndata: {\"type\":\"response.created\",\"response\":{\"id\":\"r\","
      "\"status\":\"in_progress\",\"error\":null,\"output\":[]}}\n\n"
      "event: response.output_text.delta\ndata: "
      "{\"type\":\"response.output_text.delta\",\"delta\":\"a\"}\n\n"
      "event: new.kind\ndata: {\"type\":\"new.kind\",\"delta\":7}\n\n"
      "event: response.output_text.delta\ndata: {\"delta\":\"b\"}\n\n";
  EXPECT_EQ(
      told(responses,
           stream + "event: response.completed\ndata: {\"type\":\"response.completed\","
                    "\"response\":{\"status\":\"completed\",\"model\":\"m\",\"output\":[{\"type\":"
                    "\"message\",\"content\":[{\"type\":\"output_text\",\"text\":\"ab\"}]}],"
                    "\"usage\":{\"input_tokens\":1,\"output_tokens\":2}}}\n\n"),
      "[a][b] ab|stop|m|1+2");
  EXPECT_EQ(
      told(responses, stream + "data: {\"type\":\"response.failed\",\"response\":{\"status\":"
                               "\"failed\",\"error\":{\"code\":\"x\",\"message\":\"down\"}}}\n\n"),
      "[a][b]" + kind(PF_E_MODEL) + "the provider answered with an error: down");
  EXPECT_EQ(told(responses, stream + "event: error\ndata: {\"type\":\"error\",\"code\":\"x\","
                                     "\"message\":\"down\",\"param\":null}\n\n"),
            "[a][b]" + kind(PF_E_MODEL) + "the provider answered with an error: down");
  EXPECT_EQ(
      told(responses,
           stream + "data: {\"type\":\"response.incomplete\",\"response\":{\"status\":"
                    "\"incomplete\",\"incomplete_details\":{\"reason\":\"max_output_tokens\"},"
                    "\"output\":[{\"type\":\"message\",\"content\":[{\"type\":\"output_text\","
                    "\"text\":\"ab\"}]}]}}\n\n"),
      "[a][b] ab|length||0+0");
  EXPECT_EQ(told(responses, {stream}),
            "[a][b]" + kind(PF_E_NETWORK) + "the answer ended before it was whole");
}

TEST(ResponsesStream, ItemsThatTheEndDoesNotRepeat) {
  expect_body(
      responses, R"(
{"type":"response.created","response":{"id":"r","status":"in_progress","output":[]}}
{"type":"response.output_item.done","output_index":1,"item":{"type":"message"}}
{"type":"response.output_item.done","output_index":0,"item":{"type":"reasoning"}}
{"type":"response.completed","response":{"status":"completed","output":[]}})",
      R"({"id":"r","status":"completed","output":[{"type":"reasoning"},{"type":"message"}]})");
}

TEST(MessagesStream, BlocksGrow) {
  expect_body(messages, R"(
{"type":"message_start","message":{"id":"m1","model":"m","content":[],"stop_reason":null,"usage":{"input_tokens":5,"output_tokens":1,"cache_read_input_tokens":2}}}
{"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}
{"type":"ping"}
{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"hm"}}
{"type":"content_block_delta","index":0,"delta":{"type":"signature_delta","signature":"sig"}}
{"type":"content_block_stop","index":0}
{"type":"content_block_start","index":1,"content_block":{"type":"redacted_thinking","data":"opaque"}}
{"type":"content_block_start","index":2,"content_block":{"type":"text","text":"","citations":null}}
{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"a"}}
{"type":"content_block_delta","index":2,"delta":{"type":"citations_delta","citation":{"n":1}}}
{"type":"content_block_delta","index":2,"delta":{"type":"text_delta","text":"b"}}
{"type":"content_block_start","index":3,"content_block":{"type":"tool_use","id":"t","name":"f","input":{}}}
{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":""}}
{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"{\"x\":"}}
{"type":"content_block_delta","index":3,"delta":{"type":"input_json_delta","partial_json":"1}"}}
{"type":"content_block_start","index":4,"content_block":{"type":"tool_use","id":"u","name":"g","input":{}}}
{"type":"content_block_delta","index":4,"delta":{"type":"new_delta","what":1}}
{"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"output_tokens":9,"input_tokens":null}}
{"type":"message_stop"})",
              R"({"id":"m1","model":"m","content":[
{"type":"thinking","thinking":"hm","signature":"sig"},{"type":"redacted_thinking","data":"opaque"},
{"type":"text","text":"ab","citations":[{"n":1}]},
{"type":"tool_use","id":"t","name":"f","input":{"x":1}},{"type":"tool_use","id":"u","name":"g","input":{}}],
"stop_reason":"tool_use","usage":{"input_tokens":5,"output_tokens":9,"cache_read_input_tokens":2},
"stop_sequence":null})");
}

TEST(MessagesStream, Answers) {
  std::string stream =
      "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"model\":\"m\","
      "\"usage\":{\"input_tokens\":5}}}   \n\nevent: content_block_start\ndata: {\"type\":"
      "\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n"
      "event: ping\ndata: {\"type\": \"ping\"}\n\nevent: content_block_delta\ndata: {\"type\":"
      "\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"hé\"}}  "
      "\n\n";
  std::string end =
      "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":"
      "\"end_turn\"},\"usage\":{\"output_tokens\":7}}\n\n";
  EXPECT_EQ(
      told(messages, stream + end + "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n"),
      "[hé] hé|stop|m|5+7");
  EXPECT_EQ(told(messages, stream + "event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":"
                                    "\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n"),
            "[hé]" + kind(PF_E_MODEL) + "the provider answered with an error: Overloaded");
  EXPECT_EQ(told(messages, {stream}),
            "[hé]" + kind(PF_E_NETWORK) + "the answer ended before it was whole");
}

TEST(GenerateStream, PartsGrow) {
  expect_body(
      generate, R"(
{"candidates":[{"content":{"parts":[{"text":"I ","thought":true}],"role":"model"},"index":0}],"modelVersion":"m"}
{"candidates":[{"content":{"parts":[{"text":"see","thought":true}],"role":"model"}}]}
{"candidates":[{"content":{"parts":[{"text":"a"}]}}],"usageMetadata":{"promptTokenCount":3}}
{"candidates":[{"content":{"parts":[{"text":"b","thoughtSignature":"s"}]}}]}
{"candidates":[{"content":{"parts":[{"text":"c"},{"functionCall":{"name":"f","args":{}},"thoughtSignature":"t"}]},"finishReason":"STOP"}],"usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4}})",
      R"({"modelVersion":"m","usageMetadata":{"promptTokenCount":3,"candidatesTokenCount":4},
"candidates":[{"index":0,"finishReason":"STOP","content":{"role":"model","parts":[
{"text":"I see","thought":true},{"text":"ab","thoughtSignature":"s"},{"text":"c"},
{"functionCall":{"name":"f","args":{}},"thoughtSignature":"t"}]}}]})");
}

TEST(GenerateStream, Answers) {
  std::string first =
      "data: "
      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"a\"}]}}],\"modelVersion\":\"m\"}"
      "\r\n\r\n";
  std::string last =
      "data: "
      "{\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"b\"}]},\"finishReason\":\"STOP\"}],"
      "\"usageMetadata\":{\"promptTokenCount\":3,\"candidatesTokenCount\":4}}\r\n\r\n";
  EXPECT_EQ(told(generate, first + last), "[a][b] ab|stop|m|3+4");
  EXPECT_EQ(told(generate, {first}),
            "[a]" + kind(PF_E_NETWORK) + "the answer ended before it was whole");
  EXPECT_EQ(told(generate, "data: {\"promptFeedback\":{\"blockReason\":\"SAFETY\"}}\n\n"),
            " |filtered||0+0");
  EXPECT_EQ(told(generate, first + "data: {\"error\":{\"code\":503,\"message\":\"busy\"}}\n\n"),
            "[a]" + kind(PF_E_MODEL) + "the provider answered with an error: busy");
}

TEST(GenerateStream, OneLongArray) {
  EXPECT_EQ(told(generate, R"([{"candidates":[{"content":{"parts":[{"text":"a"}]}}]}
,
{"candidates":[{"content":{"parts":[{"text":"b"}]},"finishReason":"STOP"}],"modelVersion":"m"}
])"),
            " ab|stop|m|0+0");
}

TEST(Interactions, Body) {
  expect_body(interactions, R"(
{"event_type":"interaction.created","interaction":{"id":"i","status":"in_progress","steps":[]}}
{"event_type":"step.start","index":0,"step":{"type":"thought"}}
{"event_type":"step.delta","index":0,"delta":{"type":"thought_summary","content":{"type":"text","text":"hm"}}}
{"event_type":"step.delta","index":0,"delta":{"type":"thought_signature","signature":"se"}}
{"event_type":"step.delta","index":0,"delta":{"type":"thought_signature","signature":"al"}}
{"event_type":"step.stop","index":0}
{"event_type":"step.start","index":1,"step":{"type":"model_output","content":[{"type":"text","text":"a"}]}}
{"event_type":"step.delta","index":1,"delta":{"type":"text","text":"b"}}
{"event_type":"step.delta","index":1,"delta":{"type":"new","text":"x"}}
{"event_type":"step.start","index":2,"step":{"type":"function_call","id":"1","name":"f","arguments":{}}}
{"event_type":"step.delta","index":2,"delta":{"type":"arguments_delta","arguments":"{\"a\":"}}
{"event_type":"step.delta","index":2,"delta":{"type":"arguments_delta","arguments":"1}"}}
{"event_type":"step.start","index":3,"step":{"type":"function_call","id":"2","name":"g","arguments":{}}}
{"event_type":"step.delta","index":3,"delta":{"type":"arguments_delta","arguments":"{\"cut"}}
{"event_type":"interaction.completed","interaction":{"status":"requires_action","usage":{"total_tokens":3}}}
)",
              R"({"id":"i","status":"requires_action","usage":{"total_tokens":3},"steps":[
  {"type":"thought","summary":[{"type":"text","text":"hm"}],"signature":"seal"},
  {"type":"model_output","content":[{"type":"text","text":"ab"}]},
  {"type":"function_call","id":"1","name":"f","arguments":{"a":1}},
  {"type":"function_call","id":"2","name":"g","arguments":"{\"cut"}]})");
}

TEST(Interactions, Answers) {
  auto event = [](std::string_view name, std::string_view rest) {
    return "event: " + std::string(name) + "\ndata: {\"event_type\":\"" + std::string(name) +
           "\"," + std::string(rest) + "}\n\n";
  };
  std::string first =
      event("interaction.created", R"("interaction":{"status":"in_progress","model":"m"})") +
      event("step.delta", R"("index":0,"delta":{"type":"text","text":"a"})");
  std::string last =
      event("interaction.completed",
            R"("interaction":{"status":"completed","steps":[{"type":"model_output","content":)"
            R"([{"type":"text","text":"ab"}]}],"usage":{"total_input_tokens":3,)"
            R"("total_output_tokens":4}})");
  EXPECT_EQ(told(interactions, first + last + "data: [DONE]\n\n"), "[a] ab|stop|m|3+4");
  EXPECT_EQ(told(interactions, {first}),
            "[a]" + kind(PF_E_NETWORK) + "the answer ended before it was whole");
  EXPECT_EQ(told(interactions, first + event("error", R"("error":{"message":"busy"})")),
            "[a]" + kind(PF_E_MODEL) + "the provider answered with an error: busy");
}

TEST(OllamaStream, LinesGrow) {
  expect_body(ollama, R"(
{"model":"m","message":{"role":"assistant","content":"","thinking":"h"},"done":false}
{"model":"m","message":{"role":"assistant","content":"","thinking":"m"},"done":false}
{"model":"m","message":{"role":"assistant","content":"a"},"done":false}
{"model":"m","message":{"role":"assistant","content":"b","tool_calls":[{"function":{"name":"f"}}]},"done":false}
{"model":"m","message":{"role":"assistant","content":"","tool_calls":[{"function":{"name":"g"}}]},"done":false}
{"model":"m","message":{"role":"assistant","content":""},"done":true,"done_reason":"stop","eval_count":4})",
              R"({"model":"m","done":true,"done_reason":"stop","eval_count":4,"message":{
"role":"assistant","content":"ab","thinking":"hm",
"tool_calls":[{"function":{"name":"f"}},{"function":{"name":"g"}}]}})");
}

TEST(OllamaStream, Answers) {
  std::string first = "{\"model\":\"m\",\"message\":{\"content\":\"é\"},\"done\":false}\n";
  std::string last =
      "{\"model\":\"m\",\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":"
      "\"stop\",\"prompt_eval_count\":3,\"eval_count\":4}";
  EXPECT_EQ(told(ollama, first + last), "[é] é|stop|m|3+4");
  EXPECT_EQ(told(ollama, first + last + "\n"), "[é] é|stop|m|3+4");
  EXPECT_EQ(told(ollama, {first}),
            "[é]" + kind(PF_E_NETWORK) + "the answer ended before it was whole");
  EXPECT_EQ(told(ollama, first + "{\"error\":\"out of memory\"}\n"),
            "[é]" + kind(PF_E_MODEL) + "the provider answered with an error: out of memory");
  EXPECT_EQ(
      told(ollama, "{\n \"model\":\"m\",\n \"message\":{\"content\":\"a\"},\n \"done\":true\n}\n"),
      " a|stop|m|0+0")
      << "a whole body";
  EXPECT_EQ(told(ollama, "<html>\n</html>\n").substr(0, 4), kind(PF_E_PARSE));
}
