/// What a call is told whose provider takes no batches.
#pragma once

#include <string>

#include "pflow/abi.h"
#include "stdlib-nodes/models/choice/chosen_model.h"

namespace pf_models {

std::string no_batches(const Model& model);
/// Names the providers that take them.
std::string no_batches_help();

/// Fails the call for good.
pf_status fail_without_batches(pf_call* call, const Model& model);

}  // namespace pf_models
