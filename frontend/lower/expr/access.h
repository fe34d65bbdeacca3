/// Parts of a value: fields, elements, slices; `?.` and `?[`.
#pragma once

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// Invalid when the record has no such field.
ir::ValueId get_field(ExprContext& c, ir::ValueId record, std::string_view name);
ir::ValueId lower_field(ExprContext& c, const ast::FieldExpr& expr, ir::ValueId base);
ir::ValueId lower_index(ExprContext& c, const ast::IndexExpr& expr, ir::ValueId base);
ir::ValueId lower_slice(ExprContext& c, const ast::SliceExpr& expr, ir::ValueId base);

}  // namespace pflow::lowering
