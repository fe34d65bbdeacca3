/// Whether two texts are equal, inline: lengths first, then the bytes.
#pragma once

#include "codegen/function/function_emitter.h"

namespace pflow::codegen {

/// An i1; ends in another block than it begins in.
[[nodiscard]] llvm::Value* texts_equal(FunctionEmitter& f, llvm::Value* left, llvm::Value* right);

}  // namespace pflow::codegen
