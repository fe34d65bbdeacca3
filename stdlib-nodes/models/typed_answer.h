/// The text of an answer as the value that was asked for.
#pragma once

#include <string_view>

#include "answer.h"
#include "pflow/abi.h"

namespace pf_models {

/// Puts the answer as `type` into `out`, which is zeroed. Fails the call when it is of another
/// shape, or not whole; `max_tokens` is what was asked for, 0 when nothing was.
pf_status take_answer(pf_call* call, const Answer& answer, const pf_type* type, int64_t max_tokens,
                      void* out);

}  // namespace pf_models
