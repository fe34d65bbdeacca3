/// Pass 4: statements of a flow: `let`, assignment, `return`, `assert`, `on error`, chains. In
/// source order, and on demand where a key's type is asked for before. Fills Program::lets
/// and assigns.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Checks one statement; what was checked on demand is not checked again.
void check_statement(Context& ctx, Scope& scope, const ast::Statement& statement);

/// Checks all statements of a block.
void check_block(Context& ctx, Scope& scope, const ast::Block& block);

/// Checks everything in the flow's body, or in that of the scope's `each`, once.
/// Needs: the keys of all flows.
void check_flow_body(Context& ctx, Scope& scope);

/// The type of a `let`'s value; checks it when that is not done.
ir::TypeId check_let(Context& ctx, Scope& scope, const ast::LetStatement& let);

}  // namespace pflow::sema
