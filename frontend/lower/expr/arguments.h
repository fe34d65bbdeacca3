/// Arguments of calls, and the op that calls.
#pragma once

#include <vector>

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// One argument of a builtin, as it is.
ir::ValueId argument(ExprContext& c, const sema::BoundArgument& bound);
/// The arguments of a call in port order without type ports, each of its port's type.
std::vector<ir::ValueId> arguments(ExprContext& c, const sema::CallInfo& info);
/// Calls with `values` in port order; gives the value of the call, if any.
ir::ValueId call_op(ExprContext& c, const sema::CallInfo& call, std::vector<ir::ValueId> values,
                    ir::SiteId site);

}  // namespace pflow::lowering
