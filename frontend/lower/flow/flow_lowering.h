/// Lowers one flow of the program.
#pragma once

#include "frontend/lower/module/module_context.h"
#include "ir/ir.h"

namespace pflow::lowering {

ir::Function lower_flow(ModuleContext& module, const sema::Body& body);

}  // namespace pflow::lowering
