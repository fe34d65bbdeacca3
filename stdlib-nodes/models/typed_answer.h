/// The text of an answer as the value that was asked for.
#pragma once

#include <string_view>

#include "answer.h"
#include "pflow/abi.h"

namespace pf_models {

/// What the call said of its answer.
struct Wanted {
  const pf_type* type;
  int64_t max_tokens = 0;  ///< 0: nothing
  bool partial = false;    ///< text is taken however it ended
};

/// Puts the answer as that type into `out`, which is zeroed. Fails the call when it is of
/// another shape, or not whole.
pf_status take_answer(pf_call* call, const Answer& answer, const Wanted& wanted, void* out);

/// The ending in the words of the port `finish`.
std::string_view finish_word(Ending ending);

}  // namespace pf_models
