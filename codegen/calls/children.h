/// Flows that the runtime starts for a terminator: arguments and policies go into the
/// frame, results come out of it.
#pragma once

#include "codegen/function/function_emitter.h"

namespace pflow::codegen {

/// An `invoke` of a flow with policies.
void emit_try(FunctionEmitter& f, const ir::Op& op);

/// Fills a pf_policy at `place` from the last operands of `op`.
void store_policy(FunctionEmitter& f, const ir::Op& op, llvm::Value* place);

/// Stores `op`'s operands from `first` on as the fields of a block at `place`.
void store_operands(FunctionEmitter& f, const ir::Op& op, size_t first, llvm::StructType* block,
                    llvm::Value* place);

}  // namespace pflow::codegen
