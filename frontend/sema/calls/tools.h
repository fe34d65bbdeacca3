/// Nodes and flows by their names, where a value of type `tool` is wanted.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// The type of a name that stands for a node or flow where `expect` is a tool; none when the
/// expression is anything else. What cannot be called with data alone is reported.
ir::TypeId check_tool(Env& env, const ast::Expr& expr, Expect expect);

/// Checks that the tools give data back.
/// Needs: the results of all flows.
void check_tool_results(Context& ctx);

}  // namespace pflow::sema
