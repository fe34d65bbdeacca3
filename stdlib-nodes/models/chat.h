/// OpenAI's chat completions as JSON: the request of one call, and what an
/// answer means. Knows nothing of HTTP beyond the status.
#pragma once

#include <stddef.h>

#include <optional>
#include <string>
#include <string_view>

#include "pflow/abi.h"

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

struct ChatAnswer {
  std::string text;
  std::string model;
  int64_t input_tokens = 0;
  int64_t output_tokens = 0;
  std::optional<double> cost;
};

/// An answer, or why there is none.
struct ChatResult {
  std::optional<ChatAnswer> answer;
  pf_error_kind kind = PF_E_INTERNAL;
  std::string problem;
};

ChatResult read_answer(long status, std::string_view body);

}  // namespace pf_models
