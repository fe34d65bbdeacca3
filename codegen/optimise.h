/// The passes of LLVM that a program goes through at each level.
#pragma once

#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

namespace pflow::codegen {

void optimise_module(llvm::Module& module, llvm::TargetMachine& target, unsigned level);

}  // namespace pflow::codegen
