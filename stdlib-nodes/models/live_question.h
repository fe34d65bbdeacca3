/// One question whose answer is heard while it comes, and shown if that is wanted.
#pragma once

#include <functional>

#include "answer.h"
#include "pflow/abi.h"
#include "streams/streamed_question.h"

namespace pf_models {

/// Who takes an answer; the status is the call's, which is completed elsewhere when it is
/// PF_PENDING.
using AnswerTaker = std::function<pf_status(pf_call* call, const Answer& answer)>;

/// Asks; the call is completed later. `response` is where `take` puts a text; null where the
/// answer is none.
void ask_live(pf_call* call, StreamedRequest request, bool shows, const pf_str* response,
              AnswerTaker take);

/// Shows an answer that is there at once.
void show_live(std::string_view text, const pf_str* response);

}  // namespace pf_models
