/// A list's length and elements, inline.
#pragma once

#include "codegen/function/function_emitter.h"

namespace pflow::codegen {

/// Ends in another block than it begins in.
[[nodiscard]] llvm::Value* list_length(FunctionEmitter& f, llvm::Value* head);
/// A pointer to an element of a list that is not empty.
[[nodiscard]] llvm::Value* list_element(FunctionEmitter& f, llvm::Value* head, llvm::Value* index,
                                        llvm::Type* element);

}  // namespace pflow::codegen
