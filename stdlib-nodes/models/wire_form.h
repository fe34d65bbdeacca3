/// The APIs of models as JSON: where a question goes, its body, and what an answer means.
/// They know nothing of HTTP beyond the status.
#pragma once

#include <boost/json/fwd.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "answer.h"
#include "model_request.h"

namespace pf_models {

class Assembler;

/// How a streamed answer lies on the wire.
enum class Framing : uint8_t { Sse, Lines };

struct WireForm {
  /// By which messages that came from it are known.
  std::string_view name;
  /// Behind the address of the provider.
  std::string (*path)(const ModelRequest& request);
  std::string (*body)(const ModelRequest& request);
  /// Of a reply that is JSON, with a status below 300; `text` is what it was read from.
  AnswerResult (*answer)(const boost::json::value& body, std::string_view text);
  /// Of an answer that is streamed: its events, and what makes the body of them.
  Framing framing;
  std::unique_ptr<Assembler> (*assembler)();
};

extern const WireForm kOpenAiChat;
extern const WireForm kOpenAiResponses;
extern const WireForm kAnthropicMessages;
extern const WireForm kGeminiGenerate;
extern const WireForm kGeminiInteractions;
extern const WireForm kOllamaChat;

/// The answer in a body with a status below 300, or the error that it holds.
AnswerResult answer_in(const WireForm& wire, const boost::json::value& body, std::string_view text);
/// The answer in the body of a reply, which is UTF-8.
AnswerResult read_answer(const WireForm& wire, int status, std::string_view body);

}  // namespace pf_models
