/// Calls of functions, flows and nodes: what `call` and `invoke` share.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include "codegen/function/function_emitter.h"

namespace pflow::codegen {

/// The operands, after `first`.
[[nodiscard]] std::vector<llvm::Value*> arguments(FunctionEmitter& f, const ir::Op& op,
                                                  std::vector<llvm::Value*> first);
/// A call within the program.
llvm::CallInst* call_internal(FunctionEmitter& f, llvm::Function* callee,
                              llvm::ArrayRef<llvm::Value*> arguments);
/// The types of what `op` gives.
[[nodiscard]] std::vector<ir::TypeId> output_types(FunctionEmitter& f, const ir::Op& op);
/// Gives each output its place: the op's result, a slot, or nothing.
void place_outputs(FunctionEmitter& f, const ir::Op& op,
                   llvm::function_ref<llvm::Value*(unsigned)> output);
/// Goes where the action with which the node ended leads. `call` is null for a flow.
void follow_action(FunctionEmitter& f, const ir::Op& op, llvm::Value* call);

}  // namespace pflow::codegen
