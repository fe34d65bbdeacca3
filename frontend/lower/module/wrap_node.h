/// A node as a flow: for what the runtime does with flows alone, policies, and where a stub may
/// stand for it.
#pragma once

#include <string>

#include "frontend/lower/module/module_context.h"

namespace pflow::lowering {

/// Whether a call is an `invoke`: of a flow, or a node with effects.
[[nodiscard]] bool invokes(const sema::Callable& callable);

/// A flow `name` that is one call of the node (or function): its parameters are exactly
/// the ports, its results the outputs and, when the node has actions, the one it ended
/// with. What tests watch is counted in it, and what they stub gives way to the stub in force.
ir::FunctionId wrap_node(ModuleContext& module, const std::string& name, const sema::CallInfo& call,
                         ir::SiteId site, Span span);

/// What a call that no policies govern runs: the callee itself, or the flow around it where
/// tests watch it. Of a node with actions that flow gives the action behind the outputs.
ir::Callee callee_at(ModuleContext& module, const sema::CallInfo& call, ir::SiteId site, Span span);

}  // namespace pflow::lowering
