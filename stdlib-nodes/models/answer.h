/// What a model has answered, whatever its provider's API.
#pragma once

#include <stdint.h>

#include <optional>
#include <string>
#include <vector>

#include "message.h"
#include "pflow/abi.h"

namespace pf_models {

/// Why an answer is no longer than it is.
enum class Ending {
  Whole,      ///< the model had no more to say
  Length,     ///< a limit on its length was reached
  Filter,     ///< a filter of the provider stopped it
  Refusal,    ///< the model will not answer
  ToolCalls,  ///< it waits for results of tools
};

struct Answer {
  std::string text;
  std::vector<ToolCall> calls;
  std::string original;  ///< as that of a Message
  Ending ending = Ending::Whole;
  std::string reason;         ///< the ending in the provider's word, of a refusal why; may be empty
  std::string model;          ///< may be empty
  int64_t input_tokens = 0;   ///< all of them …
  int64_t cached_tokens = 0;  ///< … those that the provider had in its cache …
  int64_t written_tokens = 0;    ///< … and those that it put there
  int64_t output_tokens = 0;     ///< all of them …
  int64_t reasoning_tokens = 0;  ///< … and those that nobody reads
  std::optional<double> cost;
};

/// An answer, or why there is none.
struct AnswerResult {
  std::optional<Answer> answer;
  pf_error_kind kind = PF_E_INTERNAL;
  std::string problem;
  bool once = false;  ///< without an answer: another try cannot end better

  static AnswerResult none(pf_error_kind kind, std::string problem) {
    return {std::nullopt, kind, std::move(problem)};
  }
  [[nodiscard]] AnswerResult no_better() && {
    once = true;
    return std::move(*this);
  }
  /// Of a model that has ended without a word; `reason` is the provider's, and may be empty.
  static AnswerResult no_text(const std::string& reason) {
    return none(PF_E_MODEL, "the answer of the model holds no text" +
                                (reason.empty() ? "" : " (" + reason + ")"));
  }
};

}  // namespace pf_models
