/// The bounds of `on_error: skip(max: n, share: x)`.
#pragma once

#include "pflow/policy.h"

namespace pflow::rt {

struct Failure;

/// The failure of an `each` of whose `items` so many failed that no more is skipped,
/// with the message of `last` when that is given; null while they may be skipped.
[[nodiscard]] Failure* too_many_skipped(const pf_policy& policy, const pf_site* site,
                                        int64_t skipped, int64_t items, const Failure* last);
/// Of a stream, whose length is not known: a share is held from the hundredth item on.
constexpr int64_t kLeastForShare = 100;

}  // namespace pflow::rt
