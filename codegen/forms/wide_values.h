/// Values that are too wide for registers. LLVM takes a struct apart wherever it passes by, at
/// a cost that grows with the square of its fields: wide ones live in memory and are copied.
#pragma once

#include <llvm/IR/DataLayout.h>
#include <llvm/IR/Module.h>

namespace pflow::codegen {

/// Whether a type of that size in bytes is wide.
[[nodiscard]] constexpr bool is_wide(uint64_t size) {
  constexpr uint64_t kRegisters = 256;
  return size > kRegisters;
}

/// Puts every wide value of the module into memory; functions of the module take and give
/// them by address. Nothing that the module does changes.
void keep_wide_values_in_memory(llvm::Module& module);

}  // namespace pflow::codegen
