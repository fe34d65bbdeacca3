/// Statements of a flow: `let`, assignment, `return`, `assert`, `on error`, chains.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Checks one statement; what was checked on demand is not checked again.
void check_statement(Context& ctx, Scope& scope, const ast::Statement& statement);

/// Checks all statements of a block.
void check_block(Context& ctx, Scope& scope, const ast::Block& block);

}  // namespace pflow::sema
