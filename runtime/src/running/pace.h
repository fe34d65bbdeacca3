/// When the next item of an `each` may start: `rate`.
#pragma once

#include "pflow/policy.h"
#include "pflow/timer.h"

namespace pflow::rt {

class Pace {
 public:
  /// Nanoseconds until the next start; 0 without a rate.
  [[nodiscard]] int64_t left(const pf_policy& policy) const {
    if (!limits(policy)) return 0;
    int64_t left = next_ - pf_clock();
    return left > 0 ? left : 0;
  }
  /// An item starts. Time that was not used is lost: there are no bursts.
  void start(const pf_policy& policy) {
    if (!limits(policy)) return;
    int64_t now = pf_clock();
    if (next_ < now) next_ = now;
    next_ += static_cast<int64_t>(1e9 / policy.rate);
  }

 private:
  static bool limits(const pf_policy& policy) {
    return (policy.set & PF_P_RATE) && policy.rate > 0;
  }
  int64_t next_;  ///< zeroed memory is a pace that has not begun
};

}  // namespace pflow::rt
