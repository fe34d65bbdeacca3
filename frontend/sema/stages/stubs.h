/// `stub f = …` in a test: what may stand for a node or flow.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Checks the stubs in a flow's body, and fills Program::stubs. What each call asks for is not
/// known yet (stub_reach.h).
/// Needs: the body checked.
void check_stubs(Context& ctx, Scope& scope);

}  // namespace pflow::sema
