/// Other names of nodes and flows: `alias summarise = llm_summary`, and those of the user.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Reports an alias that leads to no node or flow.
void check_node_alias(Context& ctx, const ast::NodeAliasDecl& alias);

/// Warns of each name in the program's own files that is deprecated, or the user's own. Needs: the
/// types of all expressions.
void warn_of_aliases(Context& ctx);

}  // namespace pflow::sema
