/// Functions of the program as a part of it sees them.
#pragma once

#include "codegen/module/function_plan.h"

namespace pflow::codegen {

struct ModuleEmitter;

/// Declares what callers and starters of the function need: `function`, `resume`, `pipe` and the
/// `info` of its frame. Other parts have what this one only declares.
void declare(ModuleEmitter& module, FunctionPlan& plan);

}  // namespace pflow::codegen
