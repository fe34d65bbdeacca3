/// Statements of a flow: `let`, assignment, `return`, chains, transitions.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Checks one statement; what was checked on demand is not checked again.
void check_statement(Context& ctx, Scope& scope, const ast::Statement& statement);

}  // namespace pflow::sema
