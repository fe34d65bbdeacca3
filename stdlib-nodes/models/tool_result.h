/// What a model gets to see of a tool that has ended.
#pragma once

#include <optional>
#include <string>

#include "pflow/abi.h"

namespace pf_models {

/// Of one that is done: its result where that is one text, else the results as JSON.
std::string result_text(const pf_frame& run);

/// Whether its first result is `false`.
bool says_no(const pf_frame& run);

/// The kind and the message of the pending failure, which is taken; nothing when it cannot be
/// caught.
std::optional<std::string> take_failure_text();

}  // namespace pf_models
