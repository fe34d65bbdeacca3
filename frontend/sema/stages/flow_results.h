/// Pass 5: the results of a flow, named or not.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Fills Body::result_keys and results.
/// Needs: the flow's body checked.
void set_results(Context& ctx, Scope& scope);

}  // namespace pflow::sema
