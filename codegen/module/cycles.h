/// What can run many times.
#pragma once

#include <vector>

#include "ir/ir.h"

namespace pflow::codegen {

/// Which functions can reach themselves through calls: those guard the stack.
[[nodiscard]] std::vector<bool> recursive_functions(const ir::Module& module);

/// Which functions may run, or run a part of themselves, more often than they are
/// written down: with a loop, recursive, or called from one that is either.
[[nodiscard]] std::vector<bool> repeating_functions(const ir::Module& module);

}  // namespace pflow::codegen
