/// The function of `stream.pipe` as the runtime calls it.
#pragma once

#include "codegen/module/module_emitter.h"

namespace pflow::codegen {

/// Describes the pf_pipe around a pure function that takes what is captured, then the item.
void emit_pipe(ModuleEmitter& module, const FunctionPlan& plan);

/// What is captured: the parameters but the last, as a C struct.
[[nodiscard]] llvm::StructType* capture_block(ModuleEmitter& module, const ir::Function& function);

}  // namespace pflow::codegen
