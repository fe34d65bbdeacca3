/// How operators are written.
#pragma once

#include <string_view>

#include "frontend/ast/ast.h"

namespace pflow::ast {

[[nodiscard]] std::string_view spelling(BinaryOp op);

}  // namespace pflow::ast
