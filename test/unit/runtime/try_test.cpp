// A stage under its policies.
#include <gtest/gtest.h>

#include "pflow/policy.h"
#include "test/unit/runtime/flows.h"

namespace {

using flows::Act;
using flows::kSecond;
using Texts = std::vector<std::string>;

const flows::Arguments kArguments = {7, values::lit("x")};

struct Tried {
  flows::Ended ended;
  std::string result;
};

Tried run_tries(const pf_policy& policy, std::vector<Act> acts) {
  flows::script = [acts, at = size_t{0}](int64_t) mutable {
    Act act = acts[at];
    if (at + 1 < acts.size()) ++at;
    return act;
  };
  pf_str out = {};
  Tried tried;
  tried.ended = flows::run([&](pf_frame* frame) {
    return pf_try_start(frame, &flows::kFlow, &kArguments, &policy, &out);
  });
  tried.result = values::take(out);
  return tried;
}

pf_policy retries(int64_t count) { return {.set = PF_P_RETRIES, .retries = count}; }

const Act kDone = {};
const Act kFails = {.fails = "no"};

TEST(Try, WithoutFailureThereIsOne) {
  Tried tried = run_tries(retries(3), {kDone});
  EXPECT_FALSE(tried.ended.failed);
  EXPECT_EQ(tried.result, "x7");
  EXPECT_EQ(flows::starts(), 1);
}

TEST(Try, ComputedPoliciesMustMakeSense) {
  const std::pair<pf_policy, const char*> kWrong[] = {
      {retries(-1), "value: `retries` is -1; expected a whole number, 0 or more"},
      {{.set = PF_P_WAIT, .wait = -kSecond},
       "value: `wait` is -1s; expected a duration, 0s or more"},
      {{.set = PF_P_MAX_WAIT, .max_wait = -kSecond},
       "value: `max_wait` is -1s; expected a duration, 0s or more"},
      {{.set = PF_P_TIMEOUT}, "value: `timeout` is 0s; expected a duration above 0s"},
      {{.set = PF_P_DEADLINE, .deadline = -kSecond},
       "value: `deadline` is -1s; expected a duration above 0s"},
      {{.set = PF_P_CACHE, .cache = -kSecond},
       "value: `cache` is -1s; expected a duration, 0s or more"},
      {{.set = PF_P_BACKOFF, .backoff = 0.5},
       "value: `backoff` is 0.5; expected a number, 1 or more"},
      {{.set = PF_P_BACKOFF, .backoff = __builtin_nan("")},
       "value: `backoff` is nan; expected a number, 1 or more"},
  };
  for (const auto& [policy, failure] : kWrong) {
    EXPECT_EQ(run_tries(policy, {kDone}).ended.failure, failure);
    EXPECT_EQ(flows::starts(), 0);
  }
  pf_policy kinds = {.set = PF_P_RETRY_ON, .retry_on = values::texts({"io", "timeuot"})};
  EXPECT_EQ(run_tries(kinds, {kDone}).ended.failure,
            "value: `retry_on` holds \"timeuot\"; expected kinds of errors");
  pf_drop_value(&kinds.retry_on, &values::kTexts);
  EXPECT_EQ(run_tries({.set = PF_P_WAIT | PF_P_CACHE}, {kDone}).result, "x7");
}

TEST(Try, WaitsTwiceAsLongEachTime) {
  Tried tried = run_tries(retries(3), {kFails, kFails, kFails, kDone});
  EXPECT_EQ(tried.result, "x7");
  EXPECT_EQ(tried.ended.seconds, 1 + 2 + 4);
}

TEST(Try, AfterTheLastTryTheStageFails) {
  Tried tried = run_tries(retries(2), {{.seconds = 1, .fails = "no"}});
  EXPECT_EQ(tried.ended.failure, "network: no");
  EXPECT_EQ(flows::starts(), 3);
  EXPECT_EQ(tried.ended.seconds, 3 + 1 + 2);
}

TEST(Try, WaitBackoffAndMaxWaitAreTheStagesOwn) {
  pf_policy policy = retries(4);
  policy.set |= PF_P_WAIT | PF_P_BACKOFF | PF_P_MAX_WAIT;
  policy.wait = 2 * kSecond;
  policy.backoff = 3;
  policy.max_wait = 10 * kSecond;
  EXPECT_EQ(run_tries(policy, {kFails}).ended.seconds, 2 + 6 + 10 + 10);
}

TEST(Try, AServerSaysHowLongToWait) {
  Act busy = {.fails = "busy", .kind = PF_E_RATE_LIMIT, .status = 429, .retry_after = 90};
  EXPECT_EQ(run_tries(retries(1), {busy, kDone}).ended.seconds, 90);
}

TEST(Try, SomeKindsAreNotRepeated) {
  for (pf_error_kind kind : {PF_E_USAGE, PF_E_CONFIG, PF_E_KEY, PF_E_LIMIT, PF_E_USER}) {
    run_tries(retries(5), {{.fails = "no", .kind = kind}});
    EXPECT_EQ(flows::starts(), 1) << kind;
  }
}

TEST(Try, ClientErrorsAreNotRepeatedButForTwo) {
  for (auto [status, tries] : {std::pair{400, 1}, {404, 1}, {408, 2}, {429, 2}, {503, 2}}) {
    run_tries(retries(1), {{.fails = "no", .kind = PF_E_HTTP, .status = status}});
    EXPECT_EQ(flows::starts(), tries) << status;
  }
}

/// A `[str]` without owner.
struct Kinds {
  pf_list_head head = {.count = 1, .len = 1, .capacity = 1};
  pf_str kind;
};

TEST(Try, RetryOnNamesTheKinds) {
  Kinds kinds = {.kind = values::lit("timeout")};
  pf_policy policy = retries(1);
  policy.set |= PF_P_RETRY_ON;
  policy.retry_on.head = &kinds.head;
  run_tries(policy, {kFails});
  EXPECT_EQ(flows::starts(), 1);
  run_tries(policy, {{.fails = "slow", .kind = PF_E_TIMEOUT}});
  EXPECT_EQ(flows::starts(), 2);
  EXPECT_EQ(kinds.head.count, 1);
}

TEST(Try, WhatMayHaveHappenedIsRepeatedOnlyWhenRetryOnSaysSo) {
  Act sent = {.fails = "reset", .once = true};
  run_tries(retries(1), {sent});
  EXPECT_EQ(flows::starts(), 1);
  Kinds kinds = {.kind = values::lit("network")};
  pf_policy policy = retries(1);
  policy.set |= PF_P_RETRY_ON;
  policy.retry_on.head = &kinds.head;
  run_tries(policy, {sent});
  EXPECT_EQ(flows::starts(), 2);
}

TEST(Try, ATimeoutIsForEachTryAndAwaitsItsEnd) {
  pf_policy policy = retries(1);
  policy.set |= PF_P_TIMEOUT;
  policy.timeout = 3 * kSecond;
  Tried tried = run_tries(policy, {{.seconds = 60}, {.seconds = 2}});
  EXPECT_EQ(tried.result, "x7");
  EXPECT_EQ(tried.ended.seconds, 3 + 1 + 2);
  EXPECT_EQ(flows::log, (Texts{"start 7", "cancel 7", "start 7", "end 7"}));
  tried = run_tries(policy, {{.seconds = 60}});
  EXPECT_EQ(tried.ended.failure, "timeout: timed out after 3s");
}

TEST(Try, TheDeadlineEndsATry) {
  pf_policy policy = retries(9);
  policy.set |= PF_P_DEADLINE;
  policy.deadline = 5 * kSecond;
  Tried tried = run_tries(policy, {kFails, {.seconds = 60}});
  EXPECT_EQ(tried.ended.failure, "timeout: not done within the deadline of 5s");
  EXPECT_EQ(tried.ended.seconds, 5);
}

TEST(Try, NoWaitPassesTheDeadline) {
  pf_policy policy = retries(9);
  policy.set |= PF_P_DEADLINE;
  policy.deadline = 5 * kSecond;
  Tried tried = run_tries(policy, {kFails});
  EXPECT_EQ(tried.ended.failure, "timeout: another try would begin after the deadline of 5s");
  EXPECT_EQ(tried.ended.seconds, 3);
}

TEST(Try, TheErrorSaysWhichTryItWas) {
  flows::script = [](int64_t) { return kFails; };
  pf_policy policy = retries(2);
  pf_str out = {};
  pf_error_value error = {};
  flows::run([&](pf_frame* frame) {
    int32_t status = pf_try_start(frame, &flows::kFlow, &kArguments, &policy, &out);
    return status;
  });
  flows::Ended ended = flows::run([&](pf_frame* frame) {
    policy.set |= PF_P_WAIT;
    policy.wait = 0;
    EXPECT_EQ(pf_try_start(frame, &flows::kFlow, &kArguments, &policy, &out), PF_FAILED);
    pf_raise_call(&frame->call);
    EXPECT_FALSE(pf_error_take(&error));
    return PF_DONE;
  });
  EXPECT_FALSE(ended.failed);
  EXPECT_EQ(error.attempt, 3);
  EXPECT_EQ(values::view(error.kind), "network");
  EXPECT_EQ(values::view(error.node), "read_file");
  pf_str_release(error.message);
}

TEST(Try, CancelledInItsWaitItEndsAtOnce) {
  flows::script = [](int64_t) { return kFails; };
  pf_policy policy = retries(9);
  pf_str out = {};
  flows::Ended ended = flows::run_cancelled(
      [&](pf_frame* frame) {
        return pf_try_start(frame, &flows::kFlow, &kArguments, &policy, &out);
      },
      2);
  EXPECT_EQ(ended.failure, "cancelled: the flow was cancelled");
  EXPECT_EQ(ended.seconds, 2);
  EXPECT_EQ(flows::starts(), 2);
}

TEST(Try, CancelledInATryItIsNotRepeated) {
  flows::script = [](int64_t) { return Act{.seconds = 60}; };
  pf_policy policy = retries(9);
  pf_str out = {};
  flows::Ended ended = flows::run_cancelled(
      [&](pf_frame* frame) {
        return pf_try_start(frame, &flows::kFlow, &kArguments, &policy, &out);
      },
      2);
  EXPECT_EQ(ended.failure, "cancelled: the flow was cancelled");
  EXPECT_EQ(flows::log, (Texts{"start 7", "cancel 7"}));
}

}  // namespace
