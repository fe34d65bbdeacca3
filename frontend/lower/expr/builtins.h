/// Builtin functions that are no chains.
#pragma once

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// `int` and `float`.
ir::ValueId lower_number(ExprContext& c, const sema::CallInfo& info, ir::TypeId to);
ir::ValueId lower_slice_call(ExprContext& c, const sema::CallInfo& info);
ir::ValueId lower_clamp(ExprContext& c, const sema::CallInfo& info, ir::TypeId type);
ir::ValueId lower_as_type(ExprContext& c, const sema::CallInfo& info, ir::TypeId type);
void lower_fail(ExprContext& c, const sema::CallInfo& info);

}  // namespace pflow::lowering
