/// Functions as arguments: lambdas, names of nodes.
#pragma once

#include <vector>

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// The type that the function gives.
ir::TypeId result_of(const ExprContext& c, const ast::Expr& function);
/// The function argument applied to `values`.
ir::ValueId apply(ExprContext& c, const ast::Expr& function, std::vector<ir::ValueId> values);

}  // namespace pflow::lowering
