/// The runtime functions that generated code calls, declared from abi.def: one
/// enumerator a row, its LLVM declaration made at first use.
#pragma once

#include <array>

#include "codegen/forms/abi_types.h"

namespace pflow::codegen {

enum class Runtime : uint8_t {
#define PF_FN0(result, name) name,
#define PF_FN1(result, name, a) name,
#define PF_FN2(result, name, a, b) name,
#define PF_FN3(result, name, a, b, c) name,
#define PF_FN4(result, name, a, b, c, d) name,
#define PF_FN5(result, name, a, b, c, d, e) name,
#include "pflow/abi.def"
  kCount
};

class RuntimeFunctions {
 public:
  RuntimeFunctions(llvm::Module& module, const AbiTypes& types);

  llvm::Function* get(Runtime function);

 private:
  llvm::Function* declare(Runtime function);

  llvm::Module& module_;
  const AbiTypes& types_;
  std::array<llvm::Function*, static_cast<size_t>(Runtime::kCount)> made_{};
};

}  // namespace pflow::codegen
