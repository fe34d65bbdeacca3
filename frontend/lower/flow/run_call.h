/// `run` of a type `call(…)`: the flow that runs the call which its value is.
#pragma once

#include "frontend/lower/module/module_context.h"

namespace pflow::lowering {

ir::Function lower_run(ModuleContext& module, sema::CallableId runner);

}  // namespace pflow::lowering
