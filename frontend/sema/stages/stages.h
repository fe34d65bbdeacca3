/// Pass 4: statements and stages of flows, in source order, and on demand where a
/// key's type is asked for before. Fills Program::stages (as far as flow_checks.h
/// says), lets and assigns.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Checks everything in the flow's body, or in that of the scope's `each`, once.
/// Needs: the keys of all flows.
void check_flow_body(Context& ctx, Scope& scope);

/// The type of a `let`'s value; checks it when that is not done.
ir::TypeId check_let(Context& ctx, Scope& scope, const ast::LetStatement& let);

/// Checks a stage, and those left of it in its chain, when that is not done.
void check_stage(Context& ctx, Scope& scope, const ast::Stage& stage);

/// The type of what the stage's binding makes a key of, inferring no more than that needs.
ir::TypeId bound_type(Context& ctx, Scope& scope, const ast::Stage& stage, int binding);

}  // namespace pflow::sema
