/// Pass 2: declares the schemas, aliases, nodes and flows of all files.
/// Needs: Checked::files. Gives: Context::type_names and callables, the callables
/// with their ports and parameter keys, a scope for each flow and function node.
/// Types that are inferred (results) are not known yet.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// `modules` names the node module of each file; empty for the program.
void declare_all(Context& ctx, const std::vector<std::string>& modules);

}  // namespace pflow::sema
