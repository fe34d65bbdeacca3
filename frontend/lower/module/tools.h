/// Nodes and flows that the runtime calls by name, with arguments that are data.
#pragma once

#include <string_view>

#include "frontend/lower/module/module_context.h"

namespace pflow::lowering {

/// The number of the tool that calls a node or flow, which is made when it is met first, at `span`
/// in the function `flow`; `input` is the record of its ports.
size_t tool_of(ModuleContext& module, std::string_view flow, const sema::CallInfo& call,
               ir::TypeId input, Span span);

/// The tools that are served.
void lower_served(ModuleContext& module);
/// The tools that load fragments.
void lower_loaders(ModuleContext& module);

}  // namespace pflow::lowering
