/// Keys of keys.json, for those who reach others.
#pragma once

#include <string>
#include <string_view>

#include "settings.h"

namespace pf_mcp {

/// `PETSTORE` for `petstore`, as the names of variables have it.
std::string as_variable(std::string_view name);

/// The variable that may hold the key: GITHUB_API_KEY for `github`.
inline std::string key_variable(std::string_view name) { return as_variable(name) + "_API_KEY"; }

/// The key, for what is named so in messages: "the server `x`".
Problem read_key(std::string_view owner, std::string_view name, std::string* out);

}  // namespace pf_mcp
