/// Defaults of ports, parameters and schema fields: constant expressions.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Checks all of them against their types.
/// Needs: all declarations.
void check_defaults(Context& ctx);

}  // namespace pflow::sema
