/// What a model hears of the try before, whose answer could not be read.
#pragma once

#include <vector>

#include "message.h"
#include "pflow/abi.h"

namespace pf_models {

/// The answer and what was wrong with it, as messages behind the question; none when the call is
/// the first try, or the one before failed otherwise.
std::vector<Message> correction(const pf_call* call);

}  // namespace pf_models
