// What lld names but a compiler for these machines alone never calls: the other targets
// and Polly. Empty functions here keep their code out of the executable.

#include <llvm/Passes/PassPlugin.h>

// NOLINTNEXTLINE(readability-identifier-naming): LLVM's name
llvm::PassPluginLibraryInfo getPollyPluginInfo() { return {}; }

extern "C" {
// Those that are there; their functions are LLVM's own.
#define X86 PflowUnused1
#define AArch64 PflowUnused2

#define PFLOW_ABSENT(part, target) \
  void LLVMInitialize##target##part() {}
#define LLVM_TARGET(target)        \
  PFLOW_ABSENT(TargetInfo, target) \
  PFLOW_ABSENT(Target, target)     \
  PFLOW_ABSENT(TargetMC, target)
#include <llvm/Config/Targets.def>
#define LLVM_ASM_PRINTER(target) PFLOW_ABSENT(AsmPrinter, target)
#include <llvm/Config/AsmPrinters.def>
#define LLVM_ASM_PARSER(target) PFLOW_ABSENT(AsmParser, target)
#include <llvm/Config/AsmParsers.def>
}
