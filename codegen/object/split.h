/// Divides a module in two, so that each half is compiled with an effort of its own.
#pragma once

#include <functional>
#include <memory>

#include "codegen/llvm_headers.h"

namespace pflow::codegen {

/// Moves the functions that `moves` names into a new module. What the halves use of
/// each other is hidden from other objects; constants are in each half that needs them.
[[nodiscard]] std::unique_ptr<llvm::Module> split_off(
    llvm::Module& module, const std::function<bool(const llvm::Function&)>& moves);

}  // namespace pflow::codegen
