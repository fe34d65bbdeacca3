/// Whether a provider can be asked, as a call finds out.
#pragma once

#include <string>

#include "pflow/abi.h"
#include "stdlib-nodes/models/choice/provider.h"

namespace pf_models {

/// Looks at its address and finds its key; false after the call was failed.
bool check_provider(pf_call* call, const Provider& provider, std::string& key);

}  // namespace pf_models
