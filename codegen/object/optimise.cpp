#include "codegen/object/optimise.h"

#include <llvm-c/Transforms/PassBuilder.h>
#include <llvm/Support/Error.h>

namespace pflow::codegen {

namespace {

/// As `opt -passes` reads them; the header of the C++ pass builder costs seconds.
const char* passes_of(Effort effort) {
  switch (effort) {
    case Effort::None: break;
    case Effort::Less: return "default<O1>";
    case Effort::Lean:
      return "function(sroa<modify-cfg>,early-cse<memssa>,simplifycfg,"
             "instcombine<no-verify-fixpoint>,jump-threading,gvn,simplifycfg),globaldce";
    case Effort::Full: return "default<O2>";
  }
  return "";
}

}  // namespace

void optimise_module(llvm::Module& module, llvm::TargetMachine& target, Effort effort) {
  if (effort == Effort::None) return;
  LLVMPassBuilderOptionsRef options = LLVMCreatePassBuilderOptions();
  LLVMPassBuilderOptionsSetLoopVectorization(options, false);
  LLVMPassBuilderOptionsSetSLPVectorization(options, false);
  auto* machine = reinterpret_cast<LLVMTargetMachineRef>(&target);
  // Fails only when it cannot read the names of passes.
  llvm::cantFail(
      llvm::unwrap(LLVMRunPasses(llvm::wrap(&module), passes_of(effort), machine, options)));
  LLVMDisposePassBuilderOptions(options);
}

}  // namespace pflow::codegen
