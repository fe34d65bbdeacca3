/// One loop for a whole chain: its body has the lambdas of all functions before its end,
/// or calls of the nodes named in their place. `xs.map(f).filter(g).fold(…)` makes no
/// list on the way.
#pragma once

#include <string>

#include "frontend/lower/expr/pipes.h"
#include "frontend/lower/expr/steps.h"

namespace pflow::lowering {

/// A loop over the source behind `items`, with the steps up to there and `body` in it. Over a
/// stream the steps before the first flat_map are a pipe, which all cores may run.
void for_each_item(ExprContext& c, const sema::BoundArgument& items, const std::string& name,
                   const ItemBody& body);
/// The same; `body` gets what is extracted of each item, which is part of such a pipe.
void for_each_extract(ExprContext& c, const sema::BoundArgument& items, const std::string& name,
                      const Extract& extract, const ItemBody& body);

}  // namespace pflow::lowering
