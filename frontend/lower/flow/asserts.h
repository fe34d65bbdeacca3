/// `assert` in tests: what did not hold, and both sides of a comparison.
#pragma once

#include "frontend/lower/flow/flow_context.h"

namespace pflow::lowering {

void lower_assert(FlowContext& f, const ast::AssertStatement& statement);

}  // namespace pflow::lowering
