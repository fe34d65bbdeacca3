/// A node as a flow, for what the runtime does with flows alone: policies.
#pragma once

#include <string>

#include "frontend/lower/module/module_context.h"

namespace pflow::lowering {

/// Whether a call is an `invoke`: of a flow, or a node with effects.
[[nodiscard]] bool invokes(const sema::Callable& callable);

/// A flow `name` that is one call of the node (or function): its parameters are exactly
/// the ports, its results the outputs and, when the node has actions, the one it ended
/// with.
ir::FunctionId wrap_node(ModuleContext& module, const std::string& name, const sema::CallInfo& call,
                         ir::SiteId site, Span span);

}  // namespace pflow::lowering
