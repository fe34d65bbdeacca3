/// OpenAI's chat completions as JSON: the request of one call, and what an
/// answer means. Knows nothing of HTTP beyond the status.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "answer.h"

namespace pf_models {

struct ChatRequest {
  std::string_view model;
  std::optional<std::string_view> system;
  std::string_view prompt;  ///< the final user message
  std::optional<double> temperature;
  std::optional<int64_t> max_tokens;
  std::string schema;  ///< JSON schema of the answer; empty: any text
};

/// The body of POST …/chat/completions.
std::string request_body(const ChatRequest& request);

/// The answer in a body, which is UTF-8.
AnswerResult read_answer(int status, std::string_view body);

}  // namespace pf_models
