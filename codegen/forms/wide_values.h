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

/// Marks a function that takes and gives all structs by address.
constexpr const char* kTakesAddresses = "pflow-takes-addresses";

/// Puts every wide value of the module into memory; functions of ours take and give them by
/// address. With `all`, every struct: that needs no optimiser, and the fast instruction selector
/// knows all that is left. Nothing that the module does changes.
void keep_values_in_memory(llvm::Module& module, bool all);

}  // namespace pflow::codegen
