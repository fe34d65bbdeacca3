/// The passes of LLVM that a program goes through at each level.
#pragma once

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

namespace pflow::codegen {

enum class Effort : uint8_t {
  None,  ///< -O0, and what runs once
  Less,  ///< -O1
  Lean,  ///< -O2 of a large program: each function on its own, in one round
  Full,  ///< -O2
};

void optimise_module(llvm::Module& module, llvm::TargetMachine& target, Effort effort);

}  // namespace pflow::codegen
