// Equal stages with `cache` that run at the same time share one request.
#include <gtest/gtest.h>
#include <stdlib.h>

#include <cstddef>
#include <filesystem>
#include <map>

#include "pflow/policy.h"
#include "pflow/timer.h"
#include "runtime/src/running/frame.h"
#include "test/unit/runtime/flows.h"

namespace {

using flows::Act;
using flows::kSecond;

/// What item i of an `each` does: a cached stage of flows::kFlow.
struct Stage {
  pf_policy policy = {};
  int64_t asks = 7;  ///< the argument
  int64_t starts_at = 0;
  int64_t cancelled_at = 0;  ///< seconds; 0: not
};
std::vector<Stage> g_stages;
std::map<int64_t, pf_frame*> g_frames;

/// (item: int) -> (result: str)
struct Frame {
  pf_frame head;
  int64_t item;
  flows::Arguments arguments;
  pf_policy policy;
  pf_str result;
  pf_timer timer;
};
Frame* of(pf_frame* frame) { return reinterpret_cast<Frame*>(frame); }

pf_status start_stage(pf_frame* frame) {
  Frame* self = of(frame);
  const Stage& stage = g_stages[static_cast<size_t>(self->item)];
  self->arguments = {stage.asks, values::lit("answer ")};
  self->policy = stage.policy;
  self->policy.set |= PF_P_CACHE;
  self->policy.cache = INT64_MAX;
  frame->call = {};
  frame->call.site = &values::kSite;
  frame->call.frame = frame;
  return static_cast<pf_status>(
      pf_try_start(frame, &flows::kFlow, &self->arguments, &self->policy, &self->result));
}

pf_status resume(pf_frame* frame) {
  Frame* self = of(frame);
  const Stage& stage = g_stages[static_cast<size_t>(self->item)];
  pf_status status = frame->call.status;
  if (frame->state == 0) {
    frame->state = 1;
    g_frames[self->item] = frame;
    frame->call.frame = frame;
    if (stage.starts_at != 0) {
      pf_timer_start(&self->timer, stage.starts_at * kSecond, [](pf_timer* timer) {
        auto* waiting =
            reinterpret_cast<pf_frame*>(reinterpret_cast<char*>(timer) - offsetof(Frame, timer));
        pf_complete(&waiting->call, PF_DONE);
      });
      return PF_PENDING;
    }
  }
  if (frame->state == 1) {
    frame->state = 2;
    status = start_stage(frame);
    if (status == PF_PENDING) return status;
  }
  g_frames.erase(self->item);
  if (status == PF_FAILED && pflow::rt::is_cancelled(frame)) {
    // Of another kind, as the `each` skips no cancelled item.
    pf_str message = values::lit("cancelled");
    pf_raise(&values::kSite, PF_E_USER, &message);
  } else if (status == PF_FAILED) {
    pf_raise_call(&frame->call);
  }
  return status;
}

const pf_frame_slot kParams[] = {{&values::kInt, offsetof(Frame, item), "item"}};
const pf_frame_slot kResults[] = {{&values::kStr, offsetof(Frame, result), "result"}};
const pf_frame_info kStage = {.name = "stage",
                              .size = sizeof(Frame),
                              .slot_count = 1,
                              .slots = kResults,
                              .resume = resume,
                              .param_count = 1,
                              .result_count = 1,
                              .params = kParams,
                              .results = kResults};

/// How each stage ended: its result, or `kind: message`.
using Ends = std::vector<std::string>;

class Flight : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    char folder[] = "/tmp/pflow-flight-test-XXXXXX";
    folder_ = mkdtemp(folder);
    setenv("PFLOW_HOME", folder_.c_str(), 1);
  }
  static void TearDownTestSuite() { std::filesystem::remove_all(folder_); }
  void SetUp() override {
    // Nothing that an earlier test has stored is asked for.
    flows::script = [](int64_t) { return Act{.seconds = 5}; };
    ++asked_;
  }

  Ends run(std::vector<Stage> stages) {
    g_stages = std::move(stages);
    std::vector<int64_t> numbers;
    for (size_t i = 0; i < g_stages.size(); ++i) {
      numbers.push_back(static_cast<int64_t>(i));
      g_stages[i].asks += asked_ * 100;
    }
    pf_list items = {};
    for (int64_t number : numbers)
      items.head = static_cast<pf_list_head*>(pf_list_push(items.head, &number, &values::kInt));
    pf_policy all = {
        .set = PF_P_PARALLEL, .skips = true, .parallel = static_cast<int64_t>(g_stages.size())};
    pf_each_out out = {};
    ended_ = flows::run([&](pf_frame* frame) {
      for (size_t i = 0; i < g_stages.size(); ++i) start_cancel(static_cast<int64_t>(i));
      return pf_each_start(frame, &kStage, &items, &all, &out);
    });
    pf_drop_value(&items, &values::kInts);
    return take(out);
  }

  static std::string answer(int64_t asks = 7) {
    return "answer " + std::to_string(asked_ * 100 + asks);
  }
  static std::string entry(const char* what) {
    return what + (" " + std::to_string(asked_ * 100 + 7));
  }

  flows::Ended ended_;
  static inline int64_t asked_;

 private:
  struct Cancel {
    pf_timer timer;
    int64_t item;
  };

  static void start_cancel(int64_t item) {
    int64_t at = g_stages[static_cast<size_t>(item)].cancelled_at;
    if (at == 0) return;
    static Cancel cancels[8];
    cancels[item] = {{}, item};
    pf_timer_start(&cancels[item].timer, at * kSecond, [](pf_timer* timer) {
      auto found = g_frames.find(reinterpret_cast<Cancel*>(timer)->item);
      if (found != g_frames.end()) pflow::rt::cancel_frame(found->second);
    });
  }

  static Ends take(pf_each_out& out) {
    Ends ends(g_stages.size());
    size_t failed = out.errors.head ? out.errors.head->len : 0;
    auto* errors = failed == 0 ? nullptr : reinterpret_cast<pf_item_error*>(out.errors.head + 1);
    for (size_t i = 0; i < failed; ++i)
      ends[static_cast<size_t>(errors[i].index)] = std::string(values::view(errors[i].kind)) +
                                                   ": " +
                                                   std::string(values::view(errors[i].message));
    size_t done = out.results.head ? out.results.head->len : 0;
    auto* results = done == 0 ? nullptr : reinterpret_cast<pf_str*>(out.results.head + 1);
    size_t next = 0;
    for (std::string& end : ends)
      if (end.empty() && next < done) end = values::view(results[next++]);
    pf_drop_value(&out.results, &values::kTexts);
    for (size_t i = 0; i < failed; ++i) {
      pf_str_release(errors[i].value);
      pf_str_release(errors[i].message);
    }
    free(out.errors.head);
    return ends;
  }

  static inline std::string folder_;
};

TEST_F(Flight, EqualStagesShareOneRequest) {
  EXPECT_EQ(run({{}, {}, {.starts_at = 3}}), (Ends{answer(), answer(), answer()}));
  EXPECT_EQ(flows::starts(), 1);
  EXPECT_EQ(ended_.seconds, 5);
}

TEST_F(Flight, OtherArgumentsAreAnotherRequest) {
  EXPECT_EQ(run({{}, {.asks = 8}, {}}), (Ends{answer(), answer(8), answer()}));
  EXPECT_EQ(flows::starts(), 2);
}

TEST_F(Flight, WhatEndsAtOnceIsStoredForTheNext) {
  flows::script = [](int64_t) { return Act{}; };
  EXPECT_EQ(run({{}, {}}), (Ends{answer(), answer()}));
  EXPECT_EQ(flows::starts(), 1);
}

TEST_F(Flight, AFailureIsThatOfAllThatAreTriedAlike) {
  flows::script = [](int64_t) { return Act{.seconds = 5, .fails = "no"}; };
  Stage twice = {.policy = {.set = PF_P_RETRIES, .retries = 1}};
  EXPECT_EQ(run({twice, twice, twice}), (Ends{"network: no", "network: no", "network: no"}));
  EXPECT_EQ(flows::starts(), 2);
}

TEST_F(Flight, OneThatIsTriedMoreOftenTriesItself) {
  flows::script = [](int64_t) {
    return flows::starts() == 1 ? Act{.seconds = 5, .fails = "no"} : Act{.seconds = 5};
  };
  Stage patient = {.policy = {.set = PF_P_RETRIES, .retries = 2}};
  EXPECT_EQ(run({{}, patient, patient, {}}),
            (Ends{"network: no", answer(), answer(), "network: no"}));
  EXPECT_EQ(flows::starts(), 2);
}

TEST_F(Flight, OneThatWaitsIsCancelledAlone) {
  EXPECT_EQ(run({{}, {.cancelled_at = 2}, {}})[0], answer());
  EXPECT_EQ(flows::log, (std::vector<std::string>{entry("start"), entry("end")}));
}

TEST_F(Flight, TheRequestOfOneThatIsCancelledGoesOnForTheOthers) {
  Ends ends = run({{.cancelled_at = 2}, {}, {}});
  EXPECT_EQ(ends[1], answer());
  EXPECT_EQ(ends[2], answer());
  EXPECT_EQ(flows::log, (std::vector<std::string>{entry("start"), entry("end")}));
  EXPECT_EQ(ended_.seconds, 5);
}

TEST_F(Flight, TheLastOneEndsTheRequest) {
  run({{.cancelled_at = 2}, {.cancelled_at = 3}, {.cancelled_at = 4}});
  EXPECT_EQ(flows::log, (std::vector<std::string>{entry("start"), entry("cancel")}));
  EXPECT_EQ(ended_.seconds, 4);
}

TEST_F(Flight, NobodyJoinsARequestThatIsBeingEnded) {
  Ends ends = run({{.cancelled_at = 2}, {.starts_at = 2}});
  EXPECT_EQ(ends[1], answer());
  EXPECT_EQ(ended_.seconds, 7);
}

TEST_F(Flight, ADeadlineIsOnesOwn) {
  Stage hasty = {.policy = {.set = PF_P_DEADLINE, .deadline = 2 * kSecond}};
  EXPECT_EQ(run({{}, hasty, {}}),
            (Ends{answer(), "timeout: not done within the deadline of 2s", answer()}));
  EXPECT_EQ(flows::starts(), 1);
}

TEST_F(Flight, ADeadlineOfTheFirstLeavesTheRequestToTheOthers) {
  Stage hasty = {.policy = {.set = PF_P_DEADLINE, .deadline = 2 * kSecond}};
  EXPECT_EQ(run({hasty, {}, {}}),
            (Ends{"timeout: not done within the deadline of 2s", answer(), answer()}));
  EXPECT_EQ(flows::starts(), 1);
  EXPECT_EQ(ended_.seconds, 5);
}

TEST_F(Flight, ATimeoutOfOneThatIsTriedOtherwiseIsItsOwn) {
  Stage hasty = {.policy = {.set = PF_P_TIMEOUT, .timeout = 2 * kSecond}};
  EXPECT_EQ(run({{}, hasty}), (Ends{answer(), "timeout: timed out after 2s"}));
  EXPECT_EQ(flows::starts(), 1);
}

TEST_F(Flight, AWaitBetweenTriesIsTakenOver) {
  flows::script = [](int64_t) {
    return flows::starts() == 1 ? Act{.seconds = 1, .fails = "no"} : Act{.seconds = 1};
  };
  pf_policy policy = {.set = PF_P_RETRIES | PF_P_WAIT, .retries = 1, .wait = 10 * kSecond};
  Ends ends = run({{.policy = policy, .cancelled_at = 5}, {.policy = policy}});
  EXPECT_EQ(ends[1], answer());
  EXPECT_EQ(flows::starts(), 2);
  EXPECT_EQ(ended_.seconds, 12);
}

/// A flow that runs an equal stage within itself.
struct Nested {
  pf_frame head;
  int64_t item;
  pf_policy policy;
  int64_t argument;
  int64_t result;
};
int g_nested;
extern const pf_frame_info kNested;

pf_status resume_nested(pf_frame* frame) {
  auto* self = reinterpret_cast<Nested*>(frame);
  pf_status status = frame->call.status;
  if (frame->state == 0) {
    frame->state = 1;
    if (++g_nested == 2) return PF_DONE;
    frame->call = {};
    frame->call.site = &values::kSite;
    frame->call.frame = frame;
    self->policy = {.set = PF_P_CACHE, .cache = INT64_MAX};
    self->argument = self->item;
    status = static_cast<pf_status>(
        pf_try_start(frame, &kNested, &self->argument, &self->policy, &self->result));
    if (status == PF_PENDING) return status;
  }
  self->result = self->item;
  return status;
}
const pf_frame_slot kNestedParams[] = {{&values::kInt, offsetof(Nested, item), "item"}};
const pf_frame_slot kNestedResults[] = {{&values::kInt, offsetof(Nested, result), "result"}};
const pf_frame_info kNested = {.name = "nested",
                               .size = sizeof(Nested),
                               .resume = resume_nested,
                               .param_count = 1,
                               .result_count = 1,
                               .params = kNestedParams,
                               .results = kNestedResults};

TEST_F(Flight, AStageDoesNotWaitForItself) {
  int64_t argument = 4242, result = 0;
  pf_policy policy = {.set = PF_P_CACHE, .cache = INT64_MAX};
  flows::Ended ended = flows::run(
      [&](pf_frame* frame) { return pf_try_start(frame, &kNested, &argument, &policy, &result); });
  EXPECT_FALSE(ended.failed) << ended.failure;
  EXPECT_EQ(result, 4242);
  EXPECT_EQ(g_nested, 2);
}

}  // namespace
