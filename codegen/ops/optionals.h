/// Optionals: a value and whether it is there, or, of a record that holds itself
/// through it, a list of one or none.
#pragma once

#include "codegen/function/function_emitter.h"

namespace pflow::codegen {

/// An optional of type `type` that holds `value`, which moves in.
[[nodiscard]] llvm::Value* make_optional(FunctionEmitter& f, ir::TypeId type, llvm::Value* value);

/// A list of one value of `element`, which moves in: a box.
[[nodiscard]] llvm::Value* make_box(FunctionEmitter& f, ir::TypeId element, llvm::Value* value);
/// The value in a box, borrowed.
[[nodiscard]] llvm::Value* load_box(FunctionEmitter& f, ir::TypeId element, llvm::Value* box);

}  // namespace pflow::codegen
