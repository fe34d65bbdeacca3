/// Generates everything: the plans of all functions, their bodies, what starts the program.
#pragma once

#include "codegen/module/module_emitter.h"

namespace pflow::codegen {

void emit_module(ModuleEmitter& module);

}  // namespace pflow::codegen
