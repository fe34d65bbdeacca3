#include "runtime/src/running/retry.h"

#include <stdlib.h>
#include <sys/random.h>

#include "runtime/src/failures/failure.h"
#include "runtime/src/running/timers.h"
#include "runtime/src/values/buffer.h"
#include "runtime/src/values/list.h"

namespace pflow::rt {
namespace {

/// Whether another try may do better: not when it would fail alike, or must not be.
bool may_pass(pf_error_kind kind) {
  switch (kind) {
#define PF_ERROR_KIND(NAME, word, number, tries) \
  case PF_E_##NAME: return tries;
#include "pflow/tables/error_kinds.def"
  }
  return false;
}

/// A client error that the same request meets again.
bool is_refusal(int status) {
  return status >= 400 && status < 500 && status != 408 && status != 429;
}

bool lists_kind(const pf_list& kinds, pf_error_kind kind) {
  pf_str name = view(kind_name(kind));
  return pf_list_contains(kinds.head, &name, &kTextType);
}

/// A number from 0 up to, but without, 1.
double random_fraction() {
  uint32_t bits = 0;
  if (getrandom(&bits, sizeof bits, GRND_NONBLOCK) != sizeof bits) return 0.5;
  return bits / 4294967296.0;
}

}  // namespace

pf_policy with_defaults(const pf_policy& given) {
  pf_policy policy = given;
  if (!(given.set & PF_P_RETRIES)) policy.retries = 0;
  if (!(given.set & PF_P_WAIT)) policy.wait = kSecond;
  if (!(given.set & PF_P_BACKOFF)) policy.backoff = 2.0;
  if (!(given.set & PF_P_MAX_WAIT)) policy.max_wait = 60 * kSecond;
  if (!(given.set & PF_P_JITTER)) policy.jitter = true;
  if (!(given.set & PF_P_RETRY_ON)) policy.retry_on = {};
  if (!(given.set & PF_P_PARALLEL)) policy.parallel = 1;
  return policy;
}

bool is_repeatable(const pf_policy& policy, const Failure& failure) {
  if (!may_pass(failure.kind) || is_refusal(failure.status)) return false;
  if (policy.set & PF_P_RETRY_ON) return lists_kind(policy.retry_on, failure.kind);
  return !failure.once;
}

int64_t wait_after(const pf_policy& policy, const Failure& failure, int64_t attempt) {
  if (failure.retry_after >= 0) return failure.retry_after;
  auto longest = static_cast<double>(policy.max_wait);
  auto wait = static_cast<double>(policy.wait);
  for (int64_t i = 1; i < attempt && wait > 0 && wait < longest; ++i) wait *= policy.backoff;
  if (!(wait < longest)) wait = longest;
  if (policy.jitter && !time_is_virtual()) wait *= 0.5 + 0.5 * random_fraction();
  return wait > 0 ? static_cast<int64_t>(wait) : 0;
}

}  // namespace pflow::rt
