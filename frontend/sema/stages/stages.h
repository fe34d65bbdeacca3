/// Stages of flows, in source order, and on demand where a key's type is asked for before.
/// Fills Program::stages (as far as flow_checks.h says).
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Checks a stage, and those left of it in its chain, when that is not done.
void check_stage(Context& ctx, Scope& scope, const ast::Stage& stage);

/// The type that a key's annotation or first setter gives it, inferring no more than that
/// needs.
ir::TypeId setter_type(Context& ctx, const StoreKey& key);

}  // namespace pflow::sema
