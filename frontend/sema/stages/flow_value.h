/// What a flow without named results, or an item of an `each`, gives back.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// The type of the value of a flow without named results, joined over its ways
/// to end; void without.
/// Needs: the flow's body checked.
ir::TypeId flow_value(Context& ctx, Scope& scope);

/// The same of an item of the `each` whose body's scope it is; what writes a file
/// or prints has its value here.
ir::TypeId item_value(Context& ctx, Scope& scope);

}  // namespace pflow::sema
