/// Functions in forms that the runtime calls, around those that the program calls.
#pragma once

#include "codegen/module/module_emitter.h"

namespace pflow::codegen {

/// The body of `resume` of a flow that cannot suspend but is started as a child: the
/// flow runs with the parameters of the frame and leaves its results there.
void emit_child_resume(ModuleEmitter& module, const FunctionPlan& plan);

/// `bool name(void* out)` around a pure function without parameters: the value of a
/// parameter or field that is left out; true when it failed.
[[nodiscard]] llvm::Function* make_default_value(ModuleEmitter& module, ir::FunctionId function);

/// Stores the results of a direct call to the struct `to`; whether the call failed.
[[nodiscard]] llvm::Value* store_results(llvm::IRBuilder<>& b, llvm::Value* all,
                                         llvm::StructType* type, llvm::Value* to);

}  // namespace pflow::codegen
