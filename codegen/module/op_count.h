/// The size of a program, by which the effort for it is chosen.
#pragma once

#include "ir/ir.h"

namespace pflow::codegen {

[[nodiscard]] inline size_t op_count(const ir::Function& function) {
  size_t count = 0;
  for (const ir::Block& block : function.blocks) count += block.ops.size();
  return count;
}

[[nodiscard]] inline size_t op_count(const ir::Module& module) {
  size_t count = 0;
  for (const ir::Function& function : module.functions) count += op_count(function);
  return count;
}

}  // namespace pflow::codegen
