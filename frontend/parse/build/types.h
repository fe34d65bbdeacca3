/// Written types.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

ast::TypeExpr* build_type(Builder& b, FlowParser::TypeExprContext& context);
/// What was read as an expression, as a type; null when it is none. `str` and
/// `[str]` look the same both ways, and are types only with `words`.
ast::TypeExpr* type_in_expr(Builder& b, FlowParser::ExprContext& context, bool words);

}  // namespace pflow::parse
