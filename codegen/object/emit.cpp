#include "codegen/object/emit.h"

#include <llvm/IR/LegacyPassManager.h>
#include <llvm/MC/TargetRegistry.h>
#include <llvm/Support/TargetSelect.h>
#include <llvm/TargetParser/Triple.h>

namespace pflow::codegen {

namespace {

/// One of them alone: others would cost time at each start.
void initialise(llvm::Triple::ArchType machine) {
#define PFLOW_INITIALISE(target)        \
  LLVMInitialize##target##TargetInfo(); \
  LLVMInitialize##target##Target();     \
  LLVMInitialize##target##TargetMC();   \
  LLVMInitialize##target##AsmParser();  \
  LLVMInitialize##target##AsmPrinter()
  if (machine == llvm::Triple::aarch64) {
    PFLOW_INITIALISE(AArch64);
  } else {
    PFLOW_INITIALISE(X86);
  }
#undef PFLOW_INITIALISE
}

}  // namespace

std::unique_ptr<llvm::TargetMachine> make_target(const Target& machine, unsigned level) {
  std::string triple = llvm::Triple::normalize(machine.triple);
  initialise(llvm::Triple(triple).getArch());
  std::string error;
  const llvm::Target* target = llvm::TargetRegistry::lookupTarget(triple, error);
  if (target == nullptr) return nullptr;
  llvm::TargetOptions options;
  options.FunctionSections = true;
  options.DataSections = true;
  auto effort = level == 0   ? llvm::CodeGenOptLevel::None
                : level == 1 ? llvm::CodeGenOptLevel::Less
                             : llvm::CodeGenOptLevel::Default;
  return std::unique_ptr<llvm::TargetMachine>(target->createTargetMachine(
      triple, "", "", options, llvm::Reloc::PIC_, llvm::CodeModel::Small, effort));
}

std::string emit_code(llvm::Module& module, llvm::TargetMachine& target,
                      llvm::CodeGenFileType type) {
  llvm::SmallVector<char, 0> bytes;
  llvm::raw_svector_ostream out(bytes);
  llvm::legacy::PassManager passes;
  if (target.addPassesToEmitFile(passes, out, nullptr, type)) return {};
  passes.run(module);
  return {bytes.begin(), bytes.end()};
}

}  // namespace pflow::codegen
