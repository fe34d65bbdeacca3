/// Chooses the model of a question, and fits the request to what that takes.
#pragma once

#include <string>

#include "pflow/abi.h"

namespace pf_models {

struct Asking;

/// `echo` has no facts. False after the call was failed.
bool choose_model(pf_call* call, Asking& asking, const std::string& name);

}  // namespace pf_models
