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
  bool partial = false;    ///< the answer is taken however it ended
  bool strict = false;     ///< it must be exact JSON
};

/// Puts the answer as that type into `out`, and what was mended into `mended`, which are zeroed.
/// Fails the call when it is of another shape, or not whole.
pf_status take_answer(pf_call* call, const Answer& answer, const Wanted& wanted, void* out,
                      pf_list* mended);

/// The ending in the words of the port `finish`.
std::string_view finish_word(Ending ending);

}  // namespace pf_models
