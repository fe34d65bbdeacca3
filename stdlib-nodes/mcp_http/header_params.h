/// Headers of a request that say what it is about, for those who pass it on (2026-07-28).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "pflow/abi.h"

namespace pf_mcp {

using Headers = std::vector<std::pair<std::string, std::string>>;

/// A value as such a header has it: what is no plain ASCII in base64.
std::string header_value(std::string_view text);

/// Whether what the tool says of such headers (`x-mcp-header`) can be done.
bool has_good_headers(const pf_json& tool);

/// `Mcp-Param-…` of a call with these arguments, a JSON object.
Headers header_params(const pf_json& tool, std::string_view arguments);

}  // namespace pf_mcp
