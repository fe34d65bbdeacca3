/// What the file of a server, or of an API, says of a node that one of its parts carries out.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Adds to `callable`, which is declared `by mcp("files", "read")`, what `files.mcp.json` beside
/// its file says of the server and of the tool; or reports what is wrong with it. So for the other
/// kinds that have such a file.
void add_owner(Context& ctx, const ast::Foreign& foreign, Callable& callable);

}  // namespace pflow::sema
