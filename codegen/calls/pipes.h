/// The function of `stream.pipe` as the runtime calls it.
#pragma once

#include "codegen/module/module_emitter.h"

namespace pflow::codegen {

/// A constant pf_pipe around a pure function that takes what is captured, then the item.
[[nodiscard]] llvm::Constant* make_pipe(ModuleEmitter& module, ir::FunctionId function);

/// What is captured: the parameters but the last, as a C struct.
[[nodiscard]] llvm::StructType* capture_block(ModuleEmitter& module, const ir::Function& function);

}  // namespace pflow::codegen
