// Streams: lists, pipes, nodes that pull, also when items come later.
#include <gtest/gtest.h>

#include "test/unit/runtime/data_values.h"

namespace {

constexpr pf_type kIntStream = {.kind = PF_STREAM,
                                .size = 8,
                                .align = 8,
                                .counted = 1,
                                .name = "stream<int>",
                                .element = &values::kInt};

/// Counts up to `end`; every item is completed later when `later`. `fails_at` fails.
struct Counter {
  pf_stream head;
  int64_t next, end, fails_at;
  bool later;
  bool* closed;
};

int32_t next_of_counter(pf_stream* stream, pf_call* call, void* out) {
  auto* self = reinterpret_cast<Counter*>(stream);
  int32_t status = PF_END;
  if (self->next == self->fails_at) {
    status = pf_fail(call, PF_E_IO, "the source broke");
  } else if (self->next < self->end) {
    *static_cast<int64_t*>(out) = self->next++;
    status = PF_DONE;
  }
  if (!self->later) return status;
  pf_complete(call, static_cast<pf_status>(status));
  return PF_PENDING;
}

constexpr pf_stream_ops kCounterOps = {
    next_of_counter, [](pf_stream* stream) { *reinterpret_cast<Counter*>(stream)->closed = true; }};

struct Captured {
  int64_t factor;
  pf_str kept;
};
constexpr pf_frame_slot kCaptured[] = {{&values::kInt, offsetof(Captured, factor), "factor"},
                                       {&values::kStr, offsetof(Captured, kept), "kept"}};

/// Keeps the odd ones, times the factor; fails at 13.
int32_t odd_times(const void* captured, const void* item, void* out) {
  int64_t value = *static_cast<const int64_t*>(item);
  if (value == 13) {
    pf_str why = values::lit("unlucky");
    pf_raise(&values::kSite, PF_E_USER, &why);
    return 2;
  }
  *static_cast<int64_t*>(out) = value * static_cast<const Captured*>(captured)->factor;
  return value % 2 != 0;
}
constexpr pf_pipe kPipe = {odd_times, &values::kInt, kCaptured, 2, sizeof(Captured)};

struct Collected {
  std::vector<int64_t> items;
  int ends = 0;
  pf_status status = PF_PENDING;
};

constexpr pf_consumer kCollect = {
    [](pf_call*, void* state, const void* item) {
      static_cast<Collected*>(state)->items.push_back(*static_cast<const int64_t*>(item));
      return PF_DONE;
    },
    [](pf_call*, void* state, pf_status status) {
      auto* collected = static_cast<Collected*>(state);
      ++collected->ends;
      collected->status = status;
      return status;
    }};

/// A root frame that consumes a stream.
struct Root {
  pf_frame frame;
  pf_stream* stream;
  Collected collected;
};

pf_status resume_root(pf_frame* frame) {
  auto* root = reinterpret_cast<Root*>(frame);
  pf_status status = frame->call.status;
  if (frame->state++ == 0) {
    frame->call.frame = frame;
    status = pf_stream_consume(&frame->call, root->stream, &kCollect, &root->collected);
  }
  if (status == PF_FAILED) pf_raise_call(&frame->call);
  return status;
}
constexpr pf_frame_info kRootInfo = {.name = "root", .size = sizeof(Root), .resume = resume_root};

struct Pulled {
  explicit Pulled(pf_stream* stream) {
    root.frame.info = &kRootInfo;
    root.stream = stream;
    status = pf_sync_loop.run(&root.frame);
    pf_drop_value(&root.stream, &kIntStream);
  }
  Root root{};
  pf_status status;
};

class Streams : public testing::TestWithParam<bool> {
 protected:
  pf_stream* counter(int64_t end, int64_t fails_at = -1) {
    counter_ = {{&kCounterOps, &values::kInt, 0}, 0, end, fails_at, GetParam(), &closed_};
    return &counter_.head;
  }
  pf_stream* piped(int64_t end, pf_str kept = {}) {
    Captured captured{10, kept};
    return static_cast<pf_stream*>(pf_stream_pipe(counter(end), &kPipe, &captured));
  }
  Counter counter_{};
  bool closed_ = false;
};

TEST_P(Streams, AreConsumedInOrderAndClosed) {
  Pulled run(counter(3));
  EXPECT_EQ(run.status, PF_DONE);
  EXPECT_EQ(run.root.collected.items, (std::vector<int64_t>{0, 1, 2}));
  EXPECT_EQ(run.root.collected.ends, 1);
  EXPECT_TRUE(closed_);
}

TEST_P(Streams, TheProducersFailureIsTheConsumers) {
  Pulled run(counter(5, 2));
  EXPECT_EQ(run.status, PF_FAILED);
  EXPECT_EQ(values::take_failure(), "io: the source broke");
  EXPECT_EQ(run.root.collected.items, (std::vector<int64_t>{0, 1}));
  EXPECT_EQ(run.root.collected.status, PF_FAILED);
  EXPECT_TRUE(closed_);
}

TEST_P(Streams, PipesKeepAndChangeItems) {
  pf_str kept = values::owned("kept");
  Pulled run(piped(6, kept));
  EXPECT_EQ(run.status, PF_DONE);
  EXPECT_EQ(run.root.collected.items, (std::vector<int64_t>{10, 30, 50}));
  EXPECT_TRUE(closed_);
  EXPECT_EQ(kept.owner->count, 1) << "what was captured is released";
  pf_str_release(kept);
}

TEST_P(Streams, PipesOfPipes) {
  Captured captured{10, {}};
  pf_stream* inner = piped(4);
  constexpr pf_pipe kAll = {[](const void*, const void* item, void* out) {
                              *static_cast<int64_t*>(out) = *static_cast<const int64_t*>(item) + 1;
                              return 1;
                            },
                            &values::kInt, nullptr, 0, 0};
  Pulled run(static_cast<pf_stream*>(pf_stream_pipe(inner, &kAll, &captured)));
  EXPECT_EQ(run.status, PF_DONE);
  EXPECT_EQ(run.root.collected.items, (std::vector<int64_t>{11, 31}));
}

TEST_P(Streams, AFunctionThatFailsEndsThePipe) {
  Pulled run(piped(100));
  EXPECT_EQ(run.status, PF_FAILED);
  EXPECT_EQ(values::take_failure(), "user: unlucky");
  EXPECT_EQ(run.root.collected.items.size(), 6u);
  EXPECT_TRUE(closed_);
}

INSTANTIATE_TEST_SUITE_P(AtOnceAndLater, Streams, testing::Bool(),
                         [](const auto& info) { return info.param ? "Later" : "AtOnce"; });

TEST(Stream, OfAListSharesItsItems) {
  pf_list list = values::texts({"a", "b"});
  const auto* first = reinterpret_cast<const pf_str*>(list.head + 1);
  auto* stream = static_cast<pf_stream*>(pf_stream_of(list.head, &values::kStr));
  pf_call call{};
  pf_str item{};
  ASSERT_EQ(pf_stream_next(stream, &call, &item), PF_DONE);
  EXPECT_EQ(item.data, first->data);
  EXPECT_EQ(values::take(item), "a");
  ASSERT_EQ(pf_stream_next(stream, &call, &item), PF_DONE);
  EXPECT_EQ(values::take(item), "b");
  EXPECT_EQ(pf_stream_next(stream, &call, &item), PF_END);
  pf_drop_value(&stream, &kIntStream);
}

TEST(Stream, NoneIsAtItsEnd) {
  pf_call call{};
  int64_t item;
  EXPECT_EQ(pf_stream_next(nullptr, &call, &item), PF_END);
  EXPECT_EQ(pf_stream_pipe(nullptr, &kPipe, nullptr), nullptr);
}

TEST(Stream, SharesKeepItOpen) {
  bool closed = false;
  Counter counter{{&kCounterOps, &values::kInt, 0}, 0, 1, -1, false, &closed};
  pf_stream* stream = &counter.head;
  pf_retain_value(&stream, &kIntStream);
  pf_drop_value(&stream, &kIntStream);
  EXPECT_FALSE(closed);
  pf_drop_value(&stream, &kIntStream);
  EXPECT_TRUE(closed);
}

}  // namespace
