/// Which effects a program may have, for its journal: a run is resumed with the same ones alone.
#pragma once

#include <string>

#include "ir/ir.h"

namespace pflow::codegen {

/// pf_program.plan of a program that begins with `entry`.
[[nodiscard]] std::string plan_of(const ir::Module& module, ir::FunctionId entry);

}  // namespace pflow::codegen
