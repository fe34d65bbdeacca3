/// Policies whose values the flow has computed, held to what the compiler asks of literals.
#pragma once

#include "pflow/policy.h"

namespace pflow::rt {

/// What is wrong with the given policies of the stage at `site`: the failure names the
/// first one and its value. Null: nothing.
struct Failure;
[[nodiscard]] Failure* policy_problem(const pf_policy& policy, const pf_site* site);

}  // namespace pflow::rt
