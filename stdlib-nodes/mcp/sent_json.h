/// Values as servers want them.
#pragma once

#include <string>

#include "pflow/abi.h"

namespace pf_mcp {

/// What an optional holds; null when it is `none`.
const void* held(const void* value, const pf_type& type);

/// Whether it is an optional without a value.
bool is_none(const void* value, const pf_type& type);

/// The value as JSON. A field that is `none` and has a default is left out: a server that says
/// what it takes rarely takes null for it.
void add_sent(std::string& out, const void* value, const pf_type& type);

}  // namespace pf_mcp
