/// Which nodes and flows a flow runs.
#pragma once

#include <vector>

#include "frontend/sema/checked.h"

namespace pflow::sema {

/// What the callable calls itself, and what it hands on as a tool; a callee as often as it
/// is named. Needs: all calls checked.
[[nodiscard]] std::vector<CallableId> callees_of(const Program& program, CallableId id);

/// By CallableId: whether running the callables of `from` may run it, they themselves too.
[[nodiscard]] std::vector<bool> reached_from(const Program& program, std::vector<CallableId> from);

}  // namespace pflow::sema
