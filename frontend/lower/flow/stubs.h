/// Stubs of tests: the statement puts one in force, and a flow carries it out.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

/// From here on the stub stands for its node or flow, with what it reads as that is now.
void lower_stub(FlowContext& f, const ast::StubStatement& statement);

/// The rule of `ModuleContext::stub_flow`.
ir::FunctionId lower_stub_flow(ModuleContext& module, const sema::CallInfo& call);

}  // namespace pflow::lowering
