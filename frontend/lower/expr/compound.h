/// Lists, maps, records, `none`.
#pragma once

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// Of the optional type; any other stands for one that nobody reads.
ir::ValueId lower_none(ExprContext& c, ir::TypeId type);
ir::ValueId lower_list(ExprContext& c, const ast::ListExpr& expr, ir::TypeId type);
ir::ValueId lower_map(ExprContext& c, const ast::MapExpr& expr, ir::TypeId type);
ir::ValueId lower_record(ExprContext& c, const ast::RecordExpr& expr);

}  // namespace pflow::lowering
