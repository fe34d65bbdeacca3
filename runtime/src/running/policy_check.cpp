#include "runtime/src/running/policy_check.h"

#include <math.h>

#include "runtime/src/failures/failure.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/number_text.h"

namespace pflow::rt {
namespace {

/// Builds the failure of the first policy that does not fit.
class PolicyCheck {
 public:
  PolicyCheck(const pf_policy& policy, const pf_site* site) : policy_(policy), site_(site) {}

  Failure* run() {
    whole(PF_P_RETRIES, "retries", policy_.retries, 0);
    duration(PF_P_WAIT, "wait", policy_.wait, 0);
    number(PF_P_BACKOFF, "backoff", policy_.backoff, policy_.backoff >= 1, "a number, 1 or more");
    duration(PF_P_MAX_WAIT, "max_wait", policy_.max_wait, 0);
    duration(PF_P_TIMEOUT, "timeout", policy_.timeout, 1);
    duration(PF_P_DEADLINE, "deadline", policy_.deadline, 1);
    duration(PF_P_CACHE, "cache", policy_.cache, 0);
    whole(PF_P_PARALLEL, "parallel", policy_.parallel, 1);
    number(PF_P_RATE, "rate", policy_.rate, policy_.rate > 0,
           "a number of starts a second, above 0");
    whole(PF_P_SKIP_MAX, "skip(max: …)", policy_.skip_max, 0);
    number(PF_P_SKIP_SHARE, "skip(share: …)", policy_.skip_share,
           policy_.skip_share >= 0 && policy_.skip_share <= 1, "a share, from 0.0 to 1.0");
    number(PF_P_BUDGET, "budget", policy_.budget, policy_.budget > 0, "US dollars above 0");
    if (given(PF_P_RETRY_ON)) kinds();
    return found_;
  }

 private:
  [[nodiscard]] bool given(uint32_t bit) const { return (policy_.set & bit) && !found_; }

  void fail(const char* name, Buffer& value, const char* expected) {
    found_ =
        new_failure(PF_E_VALUE, site_, "`%s` is %s; expected %s", name, value.c_str(), expected);
  }

  void whole(uint32_t bit, const char* name, int64_t value, int64_t least) {
    if (!given(bit) || value >= least) return;
    Buffer shown;
    shown.add_int(value);
    fail(name, shown, least == 0 ? "a whole number, 0 or more" : "a whole number above 0");
  }

  void duration(uint32_t bit, const char* name, int64_t value, int64_t least) {
    if (!given(bit) || value >= least) return;
    Buffer shown;
    add_duration(shown, value);
    fail(name, shown, least == 0 ? "a duration, 0s or more" : "a duration above 0s");
  }

  void number(uint32_t bit, const char* name, double value, bool fits, const char* expected) {
    if (!given(bit) || (fits && isfinite(value))) return;
    Buffer shown;
    add_float(shown, value);
    fail(name, shown, expected);
  }

  void kinds() {
    const pf_list_head* head = policy_.retry_on.head;
    for (size_t i = 0; i < list_len(head); ++i) {
      const pf_str& kind = *static_cast<const pf_str*>(list_at(head, i, &kTextType));
      if (is_kind(kind)) continue;
      found_ = new_failure(PF_E_VALUE, site_, "`retry_on` holds \"%.*s\"; expected kinds of errors",
                           static_cast<int>(kind.len), kind.data);
      return;
    }
  }

  static bool is_kind(const pf_str& word) {
    for (int kind = PF_E_USAGE; kind < kErrorKinds; ++kind) {
      pf_str name = view(kind_name(static_cast<pf_error_kind>(kind)));
      if (pf_str_equal(&name, &word)) return true;
    }
    return false;
  }

  const pf_policy& policy_;
  const pf_site* site_;
  Failure* found_ = nullptr;
};

}  // namespace

Failure* policy_problem(const pf_policy& policy, const pf_site* site) {
  return PolicyCheck(policy, site).run();
}

}  // namespace pflow::rt
