/// One part of a program on its way from the IR to machine code. Parts are worked on at once when
/// each has a context of LLVM of its own.
#pragma once

#include <llvm/IR/LLVMContext.h>
#include <llvm/IR/Module.h>
#include <llvm/Target/TargetMachine.h>

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "codegen/module/divide.h"
#include "codegen/options.h"
#include "support/source.h"

namespace pflow::codegen {

struct Part {
  Part(PartKind kind, unsigned number, std::shared_ptr<llvm::LLVMContext> context,
       const Options& options);

  /// Makes the LLVM module and verifies it; `problem` says what is wrong with it.
  void generate(const ir::Module& source, const SourceMap& sources, const Division& division);
  void optimise();
  [[nodiscard]] std::string emit(llvm::CodeGenFileType type);

  PartKind kind;
  unsigned number;
  const Options& options;
  std::shared_ptr<llvm::LLVMContext> context;
  std::unique_ptr<llvm::TargetMachine> target;  ///< none: no code generator for this machine
  std::unique_ptr<llvm::Module> code;
  std::string problem;
};

/// Runs `work` for each part, on all cores when they share no context.
void for_each(std::vector<Part>& parts, const std::function<void(Part&)>& work);

}  // namespace pflow::codegen
