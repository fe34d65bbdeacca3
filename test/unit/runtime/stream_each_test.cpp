// `each` over streams.
#include <gtest/gtest.h>

#include <cstddef>

#include "pflow/policy.h"
#include "pflow/timer.h"
#include "runtime/src/running/frame.h"
#include "test/unit/runtime/flows.h"

namespace {

using flows::Act;
using flows::kSecond;
using Texts = std::vector<std::string>;

/// The numbers from 0 to count - 1, each some time after it was asked for.
struct Source {
  pf_stream head;
  int64_t count;
  int64_t seconds;
  bool fails;  ///< at the end
  int64_t next;
  int64_t* out;
  pf_call* call;
  pf_timer timer;
};
int64_t g_pulled;
int g_open_sources;

pf_status give(Source* source, pf_call* call, int64_t* out) {
  if (source->next == source->count)
    return source->fails ? pf_fail(call, PF_E_PARSE, "line 4 is not UTF-8") : PF_END;
  ++g_pulled;
  *out = source->next++;
  return PF_DONE;
}

int32_t next_number(pf_stream* stream, pf_call* call, void* out) {
  auto* source = reinterpret_cast<Source*>(stream);
  if (source->seconds == 0) return give(source, call, static_cast<int64_t*>(out));
  source->call = call;
  source->out = static_cast<int64_t*>(out);
  call->state = source;
  pf_timer_start(&source->timer, source->seconds * kSecond, [](pf_timer* timer) {
    auto* ready =
        reinterpret_cast<Source*>(reinterpret_cast<char*>(timer) - offsetof(Source, timer));
    pf_complete(ready->call, give(ready, ready->call, ready->out));
  });
  call->cancel = [](pf_call* cancelled) {
    flows::log.emplace_back("cancel source");
    pf_timer_stop(&static_cast<Source*>(cancelled->state)->timer);
    pf_complete(cancelled, PF_FAILED);
  };
  return PF_PENDING;
}

const pf_stream_ops kSourceOps = {next_number, [](pf_stream* stream) {
                                    --g_open_sources;
                                    delete reinterpret_cast<Source*>(stream);
                                  }};

Source* numbers(int64_t count, int64_t seconds = 0, bool fails = false) {
  ++g_open_sources;
  auto* source = new Source{};
  source->head = {.ops = &kSourceOps, .item = &values::kInt};
  source->count = count;
  source->seconds = seconds;
  source->fails = fails;
  return source;
}

/// Pulls at most `most` results, with a pause after each, then drops the stream.
struct Consumer {
  pf_frame head;
  pf_stream* stream;
  pf_str item;
  pf_timer pause;
  bool pausing;
};
const pf_frame_slot kConsumerSlots[] = {{&values::kStr, offsetof(Consumer, item), "item"}};
Texts g_got;
size_t g_most;
int64_t g_pause;
pf_stream* g_stream;

Consumer* of(pf_frame* frame) { return reinterpret_cast<Consumer*>(frame); }

void begin_call(pf_frame* frame) {
  frame->call = {};
  frame->call.site = &values::kSite;
  frame->call.frame = frame;
}

pf_status start_pause(pf_frame* frame) {
  begin_call(frame);
  of(frame)->pausing = true;
  pf_timer_start(&of(frame)->pause, g_pause * kSecond, [](pf_timer* timer) {
    auto* waiting =
        reinterpret_cast<Consumer*>(reinterpret_cast<char*>(timer) - offsetof(Consumer, pause));
    pf_complete(&waiting->head.call, PF_DONE);
  });
  return PF_PENDING;
}

pf_status end_consumer(pf_frame* frame, pf_status status) {
  pf_stream* stream = of(frame)->stream;
  stream->ops->close(stream);
  if (status != PF_FAILED) return PF_DONE;
  pf_raise_call(&frame->call);
  return PF_FAILED;
}

pf_status resume_consumer(pf_frame* frame) {
  Consumer* consumer = of(frame);
  bool resumed = frame->state != 0;
  frame->state = 1;
  for (;; resumed = false) {
    pf_status status = frame->call.status;
    if (resumed && consumer->pausing && status == PF_DONE) {
      consumer->pausing = resumed = false;
    }
    if (!resumed) {
      if (g_got.size() == g_most) return end_consumer(frame, PF_DONE);
      begin_call(frame);
      status =
          static_cast<pf_status>(pf_stream_next(consumer->stream, &frame->call, &consumer->item));
    }
    if (status == PF_PENDING) return status;
    if (status != PF_DONE) return end_consumer(frame, status);
    g_got.push_back(values::take(consumer->item));
    consumer->item = {};
    if (g_pause > 0) return start_pause(frame);
  }
}
const pf_frame_info kConsumer = {.name = "consumer",
                                 .size = sizeof(Consumer),
                                 .slot_count = 1,
                                 .slots = kConsumerSlots,
                                 .resume = resume_consumer};

int32_t start_consumer(pf_frame* frame) {
  pf_frame* child = pf_frame_new(&kConsumer);
  of(child)->stream = g_stream;
  int32_t status = pf_frame_start(child, frame);
  return status;
}

struct Options {
  int64_t pause = 0;
  size_t most = SIZE_MAX;
  int64_t cancel_after = -1;
};

flows::Ended consume(Source* source, pf_policy policy, const Options& options = {}) {
  g_got.clear();
  g_pulled = 0;
  g_most = options.most;
  g_pause = options.pause;
  pf_str prefix = values::owned("#");
  g_stream = static_cast<pf_stream*>(
      pf_stream_each(source, &flows::kFlow, &prefix, &policy, &values::kSite));
  pf_str_release(prefix);
  pf_frame* consumer = nullptr;
  auto start = [&consumer](pf_frame* frame) {
    int32_t status = start_consumer(frame);
    consumer = static_cast<pf_frame*>(frame->call.state);
    return status;
  };
  flows::Ended ended = options.cancel_after < 0 ? flows::run(start)
                                                : flows::run_cancelled(start, options.cancel_after);
  pf_frame_free(consumer);
  EXPECT_EQ(g_open_sources, 0);
  return ended;
}

pf_policy parallel(int64_t count) { return {.set = PF_P_PARALLEL, .parallel = count}; }

TEST(StreamEach, GivesTheResultsInOrder) {
  flows::script = [](int64_t item) { return Act{.seconds = 4 - item}; };
  flows::Ended ended = consume(numbers(4), parallel(4));
  EXPECT_FALSE(ended.failed);
  EXPECT_EQ(ended.seconds, 4);
  EXPECT_EQ(g_got, (Texts{"#0", "#1", "#2", "#3"}));
}

TEST(StreamEach, ItemsThatDoNotWaitNeedNoLoop) {
  flows::script = nullptr;
  EXPECT_FALSE(consume(numbers(100'000), {}).failed);
  EXPECT_EQ(g_got.size(), 100'000u);
  EXPECT_EQ(g_got.back(), "#99999");
}

TEST(StreamEach, HoldsNoMoreThanParallelItems) {
  flows::script = [](int64_t item) { return Act{.seconds = item % 2 == 0 ? 5 : 1}; };
  EXPECT_FALSE(consume(numbers(50, 1), parallel(3)).failed);
  EXPECT_LE(flows::most_waiting(), 3);
  EXPECT_EQ(g_got.size(), 50u);
}

TEST(StreamEach, WithoutParallelNothingIsPulledAhead) {
  flows::script = nullptr;
  consume(numbers(50), {}, {.pause = 1, .most = 5});
  EXPECT_EQ(g_pulled, 5);
}

TEST(StreamEach, ASlowConsumerHoldsTheSourceBack) {
  flows::script = [](int64_t) { return Act{.seconds = 1}; };
  consume(numbers(50), parallel(4), {.pause = 100, .most = 5});
  EXPECT_EQ(g_pulled, 5 + 4);
}

TEST(StreamEach, AFailureCancelsTheOthersAndNamesItsItem) {
  flows::script = [](int64_t item) {
    return Act{.seconds = 5 - item, .fails = item == 2 ? "no" : nullptr};
  };
  flows::Ended ended = consume(numbers(9), parallel(3));
  EXPECT_EQ(ended.failure, "network: item at index 2 (2): no");
  EXPECT_EQ(ended.seconds, 3);
  EXPECT_EQ(flows::log, (Texts{"start 0", "start 1", "start 2", "cancel 0", "cancel 1"}));
}

TEST(StreamEach, AFailingSourceFailsTheConsumer) {
  flows::script = [](int64_t) { return Act{.seconds = 9}; };
  flows::Ended ended = consume(numbers(3, 1, true), parallel(10));
  EXPECT_EQ(ended.failure, "parse: line 4 is not UTF-8");
  EXPECT_EQ(ended.seconds, 4);
}

TEST(StreamEach, SkippedItemsAreLeftOut) {
  flows::script = [](int64_t item) {
    return Act{.seconds = item % 3, .fails = item % 2 == 1 ? "no" : nullptr};
  };
  pf_policy policy = parallel(3);
  policy.skips = true;
  EXPECT_FALSE(consume(numbers(7), policy).failed);
  EXPECT_EQ(g_got, (Texts{"#0", "#2", "#4", "#6"}));
}

TEST(StreamEach, SkippingIsBoundedByCountAndShare) {
  flows::script = [](int64_t item) { return Act{.fails = item % 2 == 1 ? "no" : nullptr}; };
  pf_policy policy = parallel(1);
  policy.skips = true;
  policy.set |= PF_P_SKIP_MAX;
  policy.skip_max = 1;
  EXPECT_EQ(consume(numbers(9), policy).failure,
            "limit: 2 of 4 items failed, and `skip` allows 1: no");
  policy.set = PF_P_PARALLEL | PF_P_SKIP_SHARE;
  policy.skip_share = 0.4;
  // At the end, or from the hundredth item on.
  EXPECT_EQ(consume(numbers(9), policy).failure,
            "limit: 4 of 9 items failed, and `skip` allows 0.4 of them");
  EXPECT_EQ(consume(numbers(500), policy).failure,
            "limit: 50 of 100 items failed, and `skip` allows 0.4 of them: no");
  policy.skip_share = 0.5;
  EXPECT_FALSE(consume(numbers(9), policy).failed);
}

TEST(StreamEach, DroppedItCancelsWhatRunsAndIsAwaited) {
  flows::script = [](int64_t item) { return Act{.seconds = item == 0 ? 1 : 50}; };
  flows::Ended ended = consume(numbers(9), parallel(3), {.most = 1});
  EXPECT_FALSE(ended.failed);
  EXPECT_EQ(ended.seconds, 1);
  EXPECT_EQ(flows::log, (Texts{"start 0", "start 1", "start 2", "end 0", "start 3", "cancel 1",
                               "cancel 2", "cancel 3"}));
}

TEST(StreamEach, CancelledItCancelsItsItemsAndTheSource) {
  flows::script = [](int64_t) { return Act{.seconds = 50}; };
  flows::Ended ended = consume(numbers(9, 2), parallel(3), {.cancel_after = 5});
  EXPECT_EQ(ended.failure, "cancelled: the flow was cancelled");
  EXPECT_EQ(ended.seconds, 5);
  EXPECT_EQ(flows::log, (Texts{"start 0", "start 1", "cancel 0", "cancel 1", "cancel source"}));
}

TEST(StreamEach, RateSpacesTheStarts) {
  flows::script = nullptr;
  pf_policy policy = {.set = PF_P_RATE, .rate = 0.5};
  EXPECT_EQ(consume(numbers(4), policy).seconds, 6);
}

TEST(StreamEach, TheDeadlineIsOverAllItems) {
  flows::script = [](int64_t) { return Act{.seconds = 3}; };
  pf_policy policy = {.set = PF_P_DEADLINE, .deadline = 10 * kSecond};
  flows::Ended ended = consume(numbers(9), policy);
  EXPECT_EQ(ended.failure, "timeout: the items were not done within the deadline");
  EXPECT_EQ(ended.seconds, 10);
  EXPECT_EQ(g_got.size(), 3u);
}

}  // namespace
