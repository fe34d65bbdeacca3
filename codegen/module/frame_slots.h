/// Which slots of a suspending flow live in its frame.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <vector>

#include "ir/ir.h"

namespace pflow::codegen {

/// Per slot: whether it must survive a suspension, which a terminator that `suspends`
/// may be. Parameters always do; a counted slot does when it may
/// hold a value at a suspension, any other one when it may be read after it.
[[nodiscard]] std::vector<bool> frame_slots(const ir::Module& module, const ir::Function& function,
                                            llvm::function_ref<bool(const ir::Op&)> suspends);

}  // namespace pflow::codegen
