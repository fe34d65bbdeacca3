/// Effectful calls where only pure ones may stand.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Reports an effectful call inside an expression or function node, with the way
/// to write it as a stage.
void report_effect(Env& env, const ast::CallExpr& call, const Callable& callee);

}  // namespace pflow::sema
