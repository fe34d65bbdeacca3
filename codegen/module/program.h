/// How the runtime learns what the program is.
#pragma once

#include "codegen/module/module_emitter.h"

namespace pflow::codegen {

/// The pf_program of the entry, and `main`.
void emit_program(ModuleEmitter& module);
/// One pf_program for each test, and the `main` that runs them.
void emit_tests(ModuleEmitter& module);

}  // namespace pflow::codegen
