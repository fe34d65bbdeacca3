// What a policy tries again, and how long it waits before that.
#include "runtime/src/running/retry.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "pflow/policy.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/running/timers.h"

using namespace pflow::rt;

namespace {

pf_policy policy(bool jitter) {
  pf_policy given = {.set = PF_P_RETRIES | PF_P_WAIT | PF_P_MAX_WAIT | PF_P_JITTER};
  given.retries = 9;
  given.wait = 2 * kSecond;
  given.max_wait = 10 * kSecond;
  given.jitter = jitter;
  return with_defaults(given);
}

Failure failed(pf_error_kind kind) {
  Failure failure = {};
  failure.kind = kind;
  failure.retry_after = -1;
  return failure;
}

TEST(Retry, WaitsDoubleUpToTheLongest) {
  std::vector<int64_t> waits;
  for (int64_t attempt = 1; attempt <= 5; ++attempt)
    waits.push_back(wait_after(policy(false), failed(PF_E_NETWORK), attempt) / kSecond);
  EXPECT_EQ(waits, (std::vector<int64_t>{2, 4, 8, 10, 10}));
}

TEST(Retry, JitterTakesAtMostHalfAway) {
  std::vector<int64_t> waits;
  for (int i = 0; i < 400; ++i) waits.push_back(wait_after(policy(true), failed(PF_E_NETWORK), 1));
  auto [least, most] = std::ranges::minmax(waits);
  EXPECT_GE(least, kSecond);
  EXPECT_LT(least, kSecond * 5 / 4);
  EXPECT_GT(most, kSecond * 7 / 4);
  EXPECT_LE(most, 2 * kSecond);
}

TEST(Retry, TheServerKnowsBetter) {
  Failure busy = failed(PF_E_RATE_LIMIT);
  busy.retry_after = 7 * kSecond;
  EXPECT_EQ(wait_after(policy(true), busy, 1), 7 * kSecond);
  busy.retry_after = 0;
  EXPECT_EQ(wait_after(policy(true), busy, 3), 0);
}

TEST(Retry, RefusalsAndWhatFailsAlikeAreNotRepeated) {
  EXPECT_TRUE(is_repeatable(policy(true), failed(PF_E_NETWORK)));
  EXPECT_FALSE(is_repeatable(policy(true), failed(PF_E_LIMIT)));
  Failure refused = failed(PF_E_HTTP);
  for (int status : {400, 401, 403, 404, 410, 422}) {
    refused.status = status;
    EXPECT_FALSE(is_repeatable(policy(true), refused)) << status;
  }
  for (int status : {408, 429, 500, 503, 529}) {
    refused.status = status;
    EXPECT_TRUE(is_repeatable(policy(true), refused)) << status;
  }
  Failure once = failed(PF_E_NETWORK);
  once.once = true;
  EXPECT_FALSE(is_repeatable(policy(true), once));
}

}  // namespace
