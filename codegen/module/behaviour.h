/// What a flow whose results are cached does, as data in the program: together with its
/// arguments it decides the results, so it is part of their key.
#pragma once

#include "codegen/module/module_emitter.h"

namespace pflow::codegen {

/// A pointer to the pf_behaviour of a function and of all that it calls.
[[nodiscard]] llvm::Constant* behaviour(ModuleEmitter& module, ir::FunctionId root);

}  // namespace pflow::codegen
