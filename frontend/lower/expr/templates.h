/// String literals: text, paths, and templates whose holes are bound.
#pragma once

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

ir::ValueId lower_template(ExprContext& c, const ast::TemplateExpr& expr, ir::TypeId type);

}  // namespace pflow::lowering
