/// A call in a flow that is made for the program: of a stub's replacement, of a chosen step.
#pragma once

#include <vector>

#include "frontend/lower/module/module_context.h"
#include "ir/builder.h"

namespace pflow::lowering {

/// Calls with these arguments, its outputs into the slots, and goes on in a block behind it, with
/// whichever action it ends.
void call_and_go_on(ModuleContext& module, ir::Builder& builder, const sema::CallInfo& call,
                    std::vector<ir::ValueId> arguments, std::vector<ir::SlotId> outputs, Span span);

}  // namespace pflow::lowering
