/// What a stage's policies say about a try that failed.
#pragma once

#include "pflow/policy.h"

namespace pflow::rt {

struct Failure;

/// The policies with the language's defaults for those that were not given.
[[nodiscard]] pf_policy with_defaults(const pf_policy& given);

/// Whether a further try may help, and is allowed to happen.
[[nodiscard]] bool is_repeatable(const pf_policy& policy, const Failure& failure);

/// How long to wait after the try `attempt` (1 is the first), in nanoseconds: what the
/// server asked for, else the backoff, with half of it at random under `jitter`. In
/// virtual time nothing is random.
[[nodiscard]] int64_t wait_after(const pf_policy& policy, const Failure& failure, int64_t attempt);

}  // namespace pflow::rt
