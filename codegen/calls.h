/// Calls of functions, flows and nodes: what `call` and `invoke` share.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include "codegen/function_emitter.h"

namespace pflow::codegen {

/// The output types of a callee.
[[nodiscard]] std::vector<ir::TypeId> output_types(FunctionEmitter& f, const ir::Callee& callee);

/// Calls what cannot suspend and waits for its end; places the outputs. Returns
/// the pf_call of a node, null for a function.
llvm::Value* emit_direct_call(FunctionEmitter& f, const ir::Op& op);

/// Fills the struct of a node's ports at `in` with the operands.
void store_inputs(FunctionEmitter& f, const ir::Op& op, llvm::Value* in);
/// Starts a pf_call at `call`: everything but the site, the frame and the state is clear.
void begin_call(FunctionEmitter& f, const ir::Op& op, llvm::Value* call, llvm::Value* frame,
                llvm::Value* state);
/// Leaves when a node has failed, with its failure pending and its outputs released.
void fail_when_node_failed(FunctionEmitter& f, const ir::Op& op, llvm::Value* status,
                           llvm::Value* call, llvm::Value* out);
/// Gives each output its place: the op's result, a slot, or nothing.
void place_outputs(FunctionEmitter& f, const ir::Op& op,
                   llvm::function_ref<llvm::Value*(unsigned)> output);
void place_node_outputs(FunctionEmitter& f, const ir::Op& op, llvm::Value* out);
/// Goes where the action with which the node ended leads.
void follow_action(FunctionEmitter& f, const ir::Op& op, llvm::Value* call);

}  // namespace pflow::codegen
