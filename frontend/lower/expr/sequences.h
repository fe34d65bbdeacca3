/// Chains of map, filter and flat_map on the way to what ends them.
#pragma once

#include <vector>

#include "frontend/lower/expr/expr_context.h"

namespace pflow::lowering {

/// map, filter or flat_map.
struct Step {
  sema::Builtin kind;
  const ast::Expr* function;
  ir::TypeId item;  ///< that it gives
};
struct Sequence {
  ir::ValueId source;  ///< a list or stream …
  ir::ValueId from;    ///< … or, when this is valid, the number before which it ends
  std::vector<Step> steps;
};

/// Whether the call is map, filter or flat_map, or ends a chain of these.
bool is_sequence_call(const ExprContext& c, const ast::Expr& expr);
/// Whether it is map, filter or flat_map.
bool is_step(const ExprContext& c, const ast::Expr& expr);
/// Whether it is one, or ends a chain of these, on what is piped.
bool takes_piped(const ExprContext& c, const ast::Expr& expr);
/// Lowers the source behind `items`, and takes the steps on the way.
Sequence sequence_of(ExprContext& c, const sema::BoundArgument& items);

}  // namespace pflow::lowering
