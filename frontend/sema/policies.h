/// `with (policy: value)` of a stage.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Unknown policies, values that do not fit, policies that cannot apply.
void check_policies(Context& ctx, const ast::Stage& stage);

}  // namespace pflow::sema
