/// The room in a frame that a terminator which may suspend uses until it ends: what
/// it hands over and what it gets back, in the forms of pflow/abi.h.
#pragma once

#include "codegen/module/module_emitter.h"

namespace pflow::codegen {

/// Whether control may come back later: whether a frame holds what `op` uses.
[[nodiscard]] bool may_suspend(const ModuleEmitter& module, const ir::Op& op);

/// What `op` of `function` hands over: the `_in` of a node, or a block of arguments.
[[nodiscard]] llvm::StructType* argument_block(ModuleEmitter& module, const ir::Function& function,
                                               const ir::Op& op);
/// What it gets back: the `_out` of a node, a block of results, a pf_each_out, an item.
[[nodiscard]] llvm::StructType* result_block(ModuleEmitter& module, const ir::Function& function,
                                             const ir::Op& op);

/// The parameters of a function as a C struct, without the first `skipped`.
[[nodiscard]] llvm::StructType* parameter_block(ModuleEmitter& module, const ir::Function& callee,
                                                size_t skipped = 0);

}  // namespace pflow::codegen
