/// Machine code: objects and assembly.
#pragma once

#include <llvm/Target/TargetMachine.h>

#include <memory>
#include <string>

#include "codegen/llvm_headers.h"
#include "codegen/target.h"

namespace pflow::codegen {

/// With a generic CPU of the machine, since an executable may run elsewhere.
[[nodiscard]] std::unique_ptr<llvm::TargetMachine> make_target(const Target& machine,
                                                               unsigned level);

[[nodiscard]] std::string emit_code(llvm::Module& module, llvm::TargetMachine& target,
                                    llvm::CodeGenFileType type);

}  // namespace pflow::codegen
