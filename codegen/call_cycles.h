/// Which functions can reach themselves through calls: those guard the stack.
#pragma once

#include <vector>

#include "ir/ir.h"

namespace pflow::codegen {

[[nodiscard]] std::vector<bool> recursive_functions(const ir::Module& module);

}  // namespace pflow::codegen
