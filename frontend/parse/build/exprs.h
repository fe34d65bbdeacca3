/// Expressions. Never recurses along left operands and receivers: they group to the
/// left as long as the source is.
#pragma once

#include "frontend/parse/build/builder.h"

namespace pflow::parse {

/// The rule of `Builder::expr`. Errors are reported and become error expressions.
const ast::Expr* build_expr(Builder& b, FlowParser::ExprContext& context);

}  // namespace pflow::parse
