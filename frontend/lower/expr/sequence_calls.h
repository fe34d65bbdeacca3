/// Functions over lists and streams.
#pragma once

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// The call of map, filter or flat_map is itself the last step.
ir::ValueId lower_steps(ExprContext& c, const ast::CallExpr& expr, ir::TypeId result);
ir::ValueId lower_collect(ExprContext& c, const sema::CallInfo& info, ir::TypeId result);
ir::ValueId lower_fold(ExprContext& c, const sema::CallInfo& info, ir::TypeId result);
/// `any` ends at the first item that holds, `all` at the first that does not.
ir::ValueId lower_any(ExprContext& c, const sema::CallInfo& info);
ir::ValueId lower_count(ExprContext& c, const sema::CallInfo& info);
ir::ValueId lower_group_by(ExprContext& c, const sema::CallInfo& info, ir::TypeId result);
/// count_by and sum_by.
ir::ValueId lower_sum_by(ExprContext& c, const sema::CallInfo& info, ir::TypeId result);
ir::ValueId lower_top(ExprContext& c, const sema::CallInfo& info, ir::TypeId result);
ir::ValueId lower_sort_by(ExprContext& c, const sema::CallInfo& info, ir::TypeId result);

}  // namespace pflow::lowering
