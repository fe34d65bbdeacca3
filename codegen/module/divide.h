/// Divides a program into parts that are compiled on their own, several at once. The parts depend
/// on the program alone, so that the same program gives the same executable everywhere.
#pragma once

#include <vector>

#include "codegen/module/function_plan.h"
#include "codegen/options.h"
#include "ir/ir.h"

namespace pflow::codegen {

/// What a part has of LLVM's work.
enum class PartKind : uint8_t {
  Full,  ///< optimised as the level says
  Lean,  ///< of a large program: each function on its own, in one round
  Fast,  ///< what runs once, or -O0: values stay in memory, nothing is optimised
};

struct Division {
  std::vector<PartKind> parts;      ///< at least one
  std::vector<FunctionPlan> plans;  ///< by FunctionId; nothing of LLVM is made yet
};

[[nodiscard]] Division divide(const ir::Module& module, const Options& options);

}  // namespace pflow::codegen
