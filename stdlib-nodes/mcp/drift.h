/// How a tool differs from the one that a program was made with.
#pragma once

#include <string>

#include "pflow/abi.h"

namespace pf_mcp {

/// What has changed that matters to a node of it, as "the port `path` is gone"; empty when nothing
/// has. Titles, descriptions and examples may change. `locked` is the tool as the file of the
/// server has it, `offered` as the server tells it.
std::string drift(const pf_json& locked, const pf_json& offered);

}  // namespace pf_mcp
