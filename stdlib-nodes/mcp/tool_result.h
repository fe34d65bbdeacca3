/// What a tool gives back as the outputs of its node.
#pragma once

#include <string>

#include "call.h"
#include "pflow/abi.h"

namespace pf_mcp {

/// Fills the outputs of the call with a result of `tools/call`, or fails the call. `who` is the
/// server as messages name it.
pf_status take_result(const Call& call, const pf_json& result, const std::string& who);

/// Fills the outputs of a node without a tool.
pf_status take_description(const Call& call, const pf_json& description);

}  // namespace pf_mcp
