/// What stands in the `pf_foreign` of a node that a tool of a server carries out, as
/// frontend/sema/declare/foreign_server.cpp and frontend/ast/foreign_kinds.cpp have it.
#pragma once

#include "pflow/abi.h"

namespace pf_mcp {

inline const pf_str& server_name(const pf_foreign& node) { return node.words[0]; }
/// Empty: the node gives what the server says of itself.
inline const pf_str& tool_name(const pf_foreign& node) { return node.words[1]; }
/// How the server is reached, as JSON.
inline const pf_str& server_text(const pf_foreign& node) { return node.words[2]; }
/// The tool as it was when the program was compiled, as JSON; empty without a tool.
inline const pf_str& tool_text(const pf_foreign& node) { return node.words[3]; }

/// Nanoseconds.
inline int64_t start_limit(const pf_foreign& node) { return node.options[0]; }
inline int64_t silence_limit(const pf_foreign& node) { return node.options[1]; }

}  // namespace pf_mcp
