/// Which stages a policy applies to (docs/language/policies.md).
#pragma once

#include <string_view>

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Why the policy cannot apply to the stage; empty when it can.
[[nodiscard]] std::string_view why_not(const Context& ctx, const ast::Stage& stage,
                                       ir::Policy policy);

/// Whether running the stage can be seen from outside: it, or a stage in it.
[[nodiscard]] bool stage_has_effects(const Context& ctx, const ast::Stage& stage);

/// Reports the use of an output that the stage's `fallback` leaves unset.
void check_fallback_sets(Context& ctx, const ast::Stage& stage, int output, Span use);

}  // namespace pflow::sema
