/// Invokes that may come back later: the state is stored, control returns to the
/// scheduler, and `resume` goes on after the invoke.
#pragma once

#include "codegen/function/function_emitter.h"

namespace pflow::codegen {

/// The pf_call in the frame of the function.
[[nodiscard]] llvm::Value* pending_call(FunctionEmitter& f);
/// One of its fields.
[[nodiscard]] llvm::Value* call_field(FunctionEmitter& f, CallField field);
/// Begins that call for `op`; `state` is the child of a flow.
void begin_pending_call(FunctionEmitter& f, const ir::Op& op, llvm::Value* state);
/// Returns from `resume` when `status` is pending. What follows is reached at once or
/// by a later `resume`; the value is the status there.
[[nodiscard]] llvm::Value* suspend_while_pending(FunctionEmitter& f, llvm::Value* status);
/// Fails with the failure of the pending call when that is what `status` says.
void fail_with_call(FunctionEmitter& f, llvm::Value* status);

}  // namespace pflow::codegen
