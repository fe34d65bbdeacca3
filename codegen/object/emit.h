/// Machine code for the host: objects and assembly.
#pragma once

#include <llvm/Target/TargetMachine.h>

#include <memory>
#include <string>

#include "codegen/llvm_headers.h"

namespace pflow::codegen {

/// The host's triple with a generic CPU, since an executable may run elsewhere.
[[nodiscard]] std::unique_ptr<llvm::TargetMachine> make_target(unsigned level);

[[nodiscard]] std::string emit_code(llvm::Module& module, llvm::TargetMachine& target,
                                    llvm::CodeGenFileType type);

}  // namespace pflow::codegen
