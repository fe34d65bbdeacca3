/// What a part has made or declared and does not use.
#pragma once

#include <llvm/IR/Module.h>

namespace pflow::codegen {

/// Removes functions, constants and declarations without a use that no other part can have.
void remove_unused(llvm::Module& module);

}  // namespace pflow::codegen
