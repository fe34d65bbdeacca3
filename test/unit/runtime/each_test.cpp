// `each` over lists.
#include <gtest/gtest.h>

#include "pflow/policy.h"
#include "test/unit/runtime/flows.h"

namespace {

using flows::Act;
using Texts = std::vector<std::string>;

/// Runs an `each` over the items 0 to count - 1.
class Each : public ::testing::Test {
 protected:
  void TearDown() override { release(); }

  flows::Ended run(int64_t count, pf_policy policy = {}, const pf_frame_info& flow = flows::kFlow) {
    release();
    std::vector<int64_t> items;
    for (int64_t i = 0; i < count; ++i) items.push_back(i);
    arguments_ = {values::ints(items), values::owned("#")};
    return flows::run([this, &flow, &policy](pf_frame* frame) {
      return pf_each_start(frame, &flow, &arguments_, &policy, &out_);
    });
  }
  Texts results() const {
    Texts texts;
    for (const pf_str& text : values::elements_of<pf_str>(out_.results.head))
      texts.emplace_back(values::view(text));
    return texts;
  }
  std::vector<pf_item_error> errors() const {
    return values::elements_of<pf_item_error>(out_.errors.head);
  }
  const pf_each_out& out() const { return out_; }

 private:
  void release() {
    values::drop(arguments_.items, values::kInts);
    pf_str_release(arguments_.prefix);
    values::drop(out_.results, values::kTexts);
    for (const pf_item_error& error : errors()) {
      pf_str_release(error.value);
      pf_str_release(error.message);
    }
    free(out_.errors.head);
    arguments_ = {};
    out_ = {};
  }
  flows::EachArguments arguments_ = {};
  pf_each_out out_ = {};
};

pf_policy parallel(int64_t count) { return {.set = PF_P_PARALLEL, .parallel = count}; }

TEST_F(Each, RunsOneItemAfterTheOtherByDefault) {
  flows::script = [](int64_t) { return Act{.seconds = 2}; };
  flows::Ended ended = run(3);
  EXPECT_FALSE(ended.failed);
  EXPECT_EQ(ended.seconds, 6);
  EXPECT_EQ(flows::most_waiting(), 1);
  EXPECT_EQ(results(), (Texts{"#0", "#1", "#2"}));
}

TEST_F(Each, KeepsTheOrderOfItsInputWhateverEndsFirst) {
  flows::script = [](int64_t item) { return Act{.seconds = 5 - item}; };
  flows::Ended ended = run(5, parallel(5));
  EXPECT_EQ(ended.seconds, 5);
  EXPECT_EQ(results(), (Texts{"#0", "#1", "#2", "#3", "#4"}));
  EXPECT_EQ(flows::log.back(), "end 0");
}

TEST_F(Each, HoldsNoMoreThanParallelItems) {
  flows::script = [](int64_t item) { return Act{.seconds = 1 + item % 3}; };
  EXPECT_FALSE(run(100, parallel(7)).failed);
  EXPECT_EQ(flows::most_waiting(), 7);
  EXPECT_EQ(results().size(), 100u);
}

TEST_F(Each, ItemsThatDoNotWaitEndAtOnce) {
  flows::script = nullptr;
  flows::Ended ended = run(100'000);
  EXPECT_FALSE(ended.failed);
  EXPECT_EQ(ended.seconds, 0);
  EXPECT_EQ(results().back(), "#99999");
}

TEST_F(Each, OfNothingIsNothing) {
  EXPECT_FALSE(run(0).failed);
  EXPECT_EQ(out().results.head, nullptr);
}

TEST_F(Each, WithoutResultLeavesTheListEmpty) {
  flows::script = nullptr;
  EXPECT_FALSE(run(3, {}, flows::kSilentFlow).failed);
  EXPECT_EQ(flows::starts(), 3);
  EXPECT_EQ(out().results.head, nullptr);
}

TEST_F(Each, TheFirstFailureCancelsTheOthersAndNamesItsItem) {
  flows::script = [](int64_t item) {
    return Act{.seconds = 1 + item, .fails = item == 1 ? "the line is dead" : nullptr};
  };
  flows::Ended ended = run(10, parallel(4));
  EXPECT_EQ(ended.failure, "network: item at index 1 (1): the line is dead");
  EXPECT_EQ(ended.seconds, 2);
  // Item 4 took the place of item 0; what had not started does not start.
  EXPECT_EQ(flows::log, (Texts{"start 0", "start 1", "start 2", "start 3", "end 0", "start 4",
                               "cancel 4", "cancel 3", "cancel 2"}));
  EXPECT_EQ(out().results.head, nullptr);
}

TEST_F(Each, AFailureThatComesAtOnceStopsToo) {
  flows::script = [](int64_t item) { return Act{.fails = item == 2 ? "no" : nullptr}; };
  EXPECT_EQ(run(10).failure, "network: item at index 2 (2): no");
  EXPECT_EQ(flows::starts(), 3);
}

TEST_F(Each, SkippedItemsLeaveNoGapAndAreKept) {
  flows::script = [](int64_t item) {
    return Act{.seconds = 10 - item, .fails = item % 3 == 1 ? "no" : nullptr};
  };
  pf_policy policy = parallel(8);
  policy.skips = true;
  flows::Ended ended = run(8, policy);
  EXPECT_FALSE(ended.failed);
  EXPECT_EQ(results(), (Texts{"#0", "#2", "#3", "#5", "#6"}));
  EXPECT_EQ(out().skipped, 3);
  ASSERT_EQ(errors().size(), 3u);
  EXPECT_EQ(errors()[0].index, 1);
  EXPECT_EQ(errors()[2].index, 7);
  EXPECT_EQ(values::view(errors()[1].value), "4");
  EXPECT_EQ(values::view(errors()[1].message), "no");
  EXPECT_EQ(values::view(errors()[1].kind), "network");
}

TEST_F(Each, SkippingIsBoundedByCountAndShare) {
  flows::script = [](int64_t item) { return Act{.fails = item % 3 == 1 ? "no" : nullptr}; };
  pf_policy policy = parallel(1);
  policy.skips = true;
  policy.set |= PF_P_SKIP_MAX;
  policy.skip_max = 2;
  EXPECT_FALSE(run(7, policy).failed);
  EXPECT_EQ(run(20, policy).failure, "limit: 3 of 20 items failed, and `skip` allows 2: no");
  EXPECT_EQ(flows::starts(), 8);
  policy.set = PF_P_PARALLEL | PF_P_SKIP_SHARE;
  policy.skip_share = 0.25;
  EXPECT_EQ(run(8, policy).failure,
            "limit: 3 of 8 items failed, and `skip` allows 0.25 of them: no");
  policy.skip_share = 0.375;
  EXPECT_FALSE(run(8, policy).failed);
}

TEST_F(Each, RateSpacesTheStarts) {
  flows::script = [](int64_t) { return Act{.seconds = 1}; };
  pf_policy policy = parallel(100);
  policy.set |= PF_P_RATE;
  policy.rate = 0.5;
  EXPECT_EQ(run(4, policy).seconds, 7);
  EXPECT_EQ(flows::most_waiting(), 1);
}

TEST_F(Each, TheDeadlineIsOverAllItems) {
  flows::script = [](int64_t) { return Act{.seconds = 4}; };
  pf_policy policy = parallel(2);
  policy.set |= PF_P_DEADLINE;
  policy.deadline = 10 * flows::kSecond;
  policy.skips = true;
  flows::Ended ended = run(10, policy);
  EXPECT_EQ(ended.seconds, 10);
  EXPECT_EQ(ended.failure, "timeout: 6 of 10 items were not done within the deadline");
}

TEST_F(Each, CancelledItCancelsItsItems) {
  flows::script = [](int64_t) { return Act{.seconds = 100}; };
  pf_policy policy = parallel(2);
  pf_each_out out = {};
  flows::EachArguments arguments = {values::ints({1, 2, 3}), {}};
  flows::Ended ended = flows::run_cancelled(
      [&](pf_frame* frame) {
        return pf_each_start(frame, &flows::kFlow, &arguments, &policy, &out);
      },
      5);
  EXPECT_EQ(ended.failure, "cancelled: the flow was cancelled");
  EXPECT_EQ(ended.seconds, 5);
  EXPECT_EQ(flows::log, (Texts{"start 1", "start 2", "cancel 2", "cancel 1"}));
  values::drop(arguments.items, values::kInts);
}

// ---- a flow that calls itself through an `each` ---------------------------------------

struct NestFrame {
  pf_frame head;
  int64_t item;
  pf_list items;
  pf_each_out out;
};
const pf_frame_slot kNestParams[] = {{&values::kInt, offsetof(NestFrame, item), "item"}};
const pf_frame_slot kNestSlots[] = {{&values::kInts, offsetof(NestFrame, items), "items"}};
pf_status resume_body(pf_frame* frame);
const pf_frame_info kBody = {.name = "body",
                             .size = sizeof(NestFrame),
                             .resume = resume_body,
                             .param_count = 1,
                             .params = kNestParams};

pf_status resume_nest(pf_frame* frame) {
  auto* nest = reinterpret_cast<NestFrame*>(frame);
  frame->call.site = &values::kSite;
  frame->call.frame = frame;
  nest->items = values::ints({1});
  pf_policy policy = {};
  auto status =
      static_cast<pf_status>(pf_each_start(frame, &kBody, &nest->items, &policy, &nest->out));
  if (status == PF_FAILED) pf_raise_call(&frame->call);
  return status;
}
const pf_frame_info kNest = {.name = "nest",
                             .size = sizeof(NestFrame),
                             .slot_count = 1,
                             .slots = kNestSlots,
                             .resume = resume_nest};
pf_status resume_body(pf_frame* frame) {
  frame->call.site = &values::kSite;
  frame->call.frame = frame;
  pf_frame* child = pf_frame_new(&kNest);
  auto status = static_cast<pf_status>(pf_frame_start(child, frame));
  pf_frame_free(child);
  return status;
}

TEST_F(Each, DepthIsLimitedThroughItsItemsToo) {
  flows::Ended ended = flows::run([](pf_frame* frame) {
    pf_frame* child = pf_frame_new(&kNest);
    int32_t status = pf_frame_start(child, frame);
    pf_frame_free(child);
    return status;
  });
  EXPECT_EQ(ended.failure,
            "limit: item at index 0 (1): item at index 0 (1): item at index 0 (1): "
            "item at index 0 (1): flows call each other more than 1000 deep");
}

pf_policy batch(int64_t most = 0) {
  return {.set = PF_P_BATCH | (most == 0 ? 0U : uint32_t{PF_P_PARALLEL}),
          .parallel = most,
          .batch = true};
}

TEST_F(Each, ItemsOfABatchWaitForEachOther) {
  flows::script = [](int64_t) { return Act{.seconds = 1, .gathers = true}; };
  EXPECT_EQ(run(3, batch()).seconds, 1);
  EXPECT_EQ(results(), (Texts{"#0", "#1", "#2"}));
  EXPECT_EQ(flows::log,
            (Texts{"start 0", "start 1", "start 2", "gathered 3", "end 0", "end 1", "end 2"}));
}

TEST_F(Each, ABatchWaitsForItemsThatMayStillCome) {
  flows::script = [](int64_t item) {
    return Act{.seconds = item == 1 ? 5 : 1, .gathers = item != 1};
  };
  EXPECT_EQ(run(3, batch()).seconds, 6);
  EXPECT_EQ(flows::log[3], "end 1");
  EXPECT_EQ(flows::log[4], "gathered 2");
}

TEST_F(Each, ABatchHoldsNoMoreThanParallelItems) {
  flows::script = [](int64_t) { return Act{.seconds = 1, .gathers = true}; };
  EXPECT_EQ(run(5, batch(2)).seconds, 3);
  EXPECT_EQ(flows::most_waiting(), 2);
}

TEST_F(Each, WithoutBatchNoItemWaitsForAnother) {
  flows::script = [](int64_t) { return Act{.seconds = 1, .gathers = true}; };
  EXPECT_EQ(run(3).seconds, 3);
  EXPECT_EQ(flows::log.size(), 6u);
}

TEST_F(Each, ABatchThatIsCancelledIsNotGathered) {
  flows::script = [](int64_t item) {
    return Act{.seconds = item == 2 ? 9 : 1, .gathers = item != 2};
  };
  pf_policy policy = batch();
  policy.set |= PF_P_DEADLINE;
  policy.deadline = flows::kSecond;
  EXPECT_TRUE(run(3, policy).failed);
  EXPECT_EQ(flows::log,
            (Texts{"start 0", "start 1", "start 2", "cancel 2", "cancel 1", "cancel 0"}));
}

}  // namespace
