/// `with (policy: value)` of a stage.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Fills StageInfo::policies and fallback_error: unknown policies, values that do not
/// fit, policies that cannot apply are reported. Makes an `each` with `fallback: none`
/// give optionals.
/// Needs: the stage's value.
void check_policies(Context& ctx, Scope& scope, const ast::Stage& stage);

}  // namespace pflow::sema
