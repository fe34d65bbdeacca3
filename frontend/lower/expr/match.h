/// `match`: tests of patterns in source order; texts become one `switch`.
#pragma once

#include <span>
#include <vector>

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// An arm of a `match`, and where its patterns lead.
struct MatchTarget {
  std::span<const ast::Pattern> patterns;
  ir::BlockId block;
};

/// Ends the block with the tests of the arms, which are exhaustive; binds what they bind.
void branch_on(ExprContext& c, const ast::Expr& subject, const std::vector<MatchTarget>& arms);
ir::ValueId lower_match(ExprContext& c, const ast::MatchExpr& expr, ir::TypeId type);

}  // namespace pflow::lowering
