/// One question whose answer is heard while it comes, and shown if that is wanted.
#pragma once

#include <memory>

#include "answer.h"
#include "pflow/abi.h"
#include "streams/streamed_question.h"

namespace pf_models {

/// Who waits for an answer. The statuses are the call's, with PF_PENDING whoever goes on with it
/// completes it.
class AnswerTaker {
 public:
  AnswerTaker() = default;
  AnswerTaker(const AnswerTaker&) = delete;
  AnswerTaker& operator=(const AnswerTaker&) = delete;
  virtual ~AnswerTaker() = default;
  virtual pf_status take_answer(pf_call* call, const Answer& answer) = 0;
  /// The call was failed, by `take_answer` or because there is no answer, of which something may
  /// have come.
  virtual pf_status take_failure(pf_call* call, bool begun) = 0;
};

/// Asks; the call is completed later. `response` is where the taker puts a text; null where the
/// answer is none.
void ask_live(pf_call* call, StreamedRequest request, bool shows, const pf_str* response,
              std::unique_ptr<AnswerTaker> taker);

/// Shows an answer that is there at once.
void show_live(std::string_view text, const pf_str* response);

}  // namespace pf_models
