/// The tools that one answer of a model asks for: all run at once, each to a result that the
/// model gets to see.
#pragma once

#include <functional>
#include <vector>

#include "message.h"
#include "pflow/abi.h"

namespace pf_models {

/// What a call gives its model to work with.
struct ToolBox {
  pf_list tools{};                   ///< of const pf_tool*
  const pf_tool* approve = nullptr;  ///< asked before each call of a tool; may be null
};

/// With PF_DONE the results in the order of the calls; with PF_FAILED the call has failed.
using ToolsDone = std::function<void(pf_status, std::vector<ToolResult>)>;

/// Runs the tools below the pending call; `done` is called once, perhaps before this returns. What
/// a tool says in failing is its result; when the call is cancelled, they are.
void run_tools(pf_call* call, const ToolBox& box, std::vector<ToolCall> calls, ToolsDone done);

/// The tool of this name; null when there is none.
const pf_tool* find_tool(const ToolBox& box, std::string_view name);

}  // namespace pf_models
