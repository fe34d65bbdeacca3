/// `calls(f)`: how often a test has called a node or flow so far.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Whether the call is that of the language: no node or flow of the program has the name.
[[nodiscard]] bool is_count_of_calls(const Context& ctx, const ast::CallExpr& call);

/// Gives `int`, or the error type after a report.
ir::TypeId check_count_of_calls(Env& env, const ast::CallExpr& call);

}  // namespace pflow::sema
