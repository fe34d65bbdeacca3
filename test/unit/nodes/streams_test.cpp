// The functions on streams, over lists.
#include <algorithm>

#include "lists.pf.hpp"
#include "test/unit/nodes/typed_values.h"

using namespace node_test;

namespace {

using Ints = std::vector<int64_t>;

pf_stream* stream(const Ints& items) {
  return static_cast<pf_stream*>(pf_stream_of(ints(items).head, &kInt));
}

void drop(pf_stream* stream) {
  pf_type type{.kind = PF_STREAM, .size = 8, .align = 8, .counted = 1, .name = "stream"};
  pf_drop_value(&stream, &type);
}

/// Calls a node with a stream that the caller gives back, as compiled flows do, and pulls
/// all that comes out.
template <typename Item, typename In, typename Out>
std::vector<Item> pulled(pf_status (*node)(pf_call*, const In*, Out*), In in,
                         pf_stream* Out::* port) {
  NodeRun<In, Out> run(node, in);
  EXPECT_EQ(run.status, PF_DONE);
  drop(in.items);
  std::vector<Item> found;
  pf_call call{};
  Item item;
  while (pf_stream_next(run.out.*port, &call, &item) == PF_DONE) found.push_back(item);
  EXPECT_EQ(pf_stream_next(run.out.*port, &call, &item), PF_END);
  drop(run.out.*port);
  return found;
}

Ints take(const Ints& items, int64_t count) {
  return pulled<int64_t>(pfn_lists_stream_take, {&kInt, stream(items), count},
                         &stream_take_out::items);
}
Ints skip(const Ints& items, int64_t count) {
  return pulled<int64_t>(pfn_lists_stream_drop, {&kInt, stream(items), count},
                         &stream_drop_out::items);
}

}  // namespace

TEST(Streams, TakeAndDrop) {
  EXPECT_EQ(take({1, 2, 3}, 2), (Ints{1, 2}));
  EXPECT_EQ(take({1, 2, 3}, 0), (Ints{}));
  EXPECT_EQ(take({1}, 5), (Ints{1}));
  EXPECT_EQ(skip({1, 2, 3}, 2), (Ints{3}));
  EXPECT_EQ(skip({1, 2, 3}, 0), (Ints{1, 2, 3}));
  EXPECT_EQ(skip({1}, 5), (Ints{}));
  NodeRun<stream_take_in, stream_take_out> negative(pfn_lists_stream_take, {&kInt, nullptr, -1});
  EXPECT_EQ(negative.failure(), "value: `count` is -1; expected 0 or more");
}

TEST(Streams, UniqueGivesEachItemWhenItComesFirst) {
  const auto unique = [](const Ints& items) {
    return pulled<int64_t>(pfn_lists_stream_unique, {&kInt, stream(items)},
                           &stream_unique_out::items);
  };
  EXPECT_EQ(unique({}), (Ints{}));
  EXPECT_EQ(unique({3, 1, 3, 2, 1}), (Ints{3, 1, 2}));
  Ints many, once;
  for (int64_t i = 0; i < 5000; ++i) many.push_back(i * i % 1999);
  for (int64_t item : many)
    if (std::find(once.begin(), once.end(), item) == once.end()) once.push_back(item);
  EXPECT_EQ(unique(many), once);
}

TEST(Streams, Enumerate) {
  struct Indexed {
    int64_t index;
    int64_t value;
  };
  auto found = pulled<Indexed>(pfn_lists_stream_enumerate, {&kInt, stream({7, 8})},
                               &stream_enumerate_out::items);
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].index, 0);
  EXPECT_EQ(found[1].index, 1);
  EXPECT_EQ(found[1].value, 8);
}

TEST(Streams, ChunksEndWithWhatIsLeft) {
  auto chunks = [](const Ints& items, int64_t size) {
    auto lists = pulled<pf_list>(pfn_lists_stream_chunks, {&kInt, stream(items), size},
                                 &stream_chunks_out::chunks);
    std::vector<Ints> found;
    for (pf_list list : lists) found.push_back(taken_ints(list));
    return found;
  };
  EXPECT_EQ(chunks({1, 2, 3}, 2), (std::vector<Ints>{{1, 2}, {3}}));
  EXPECT_EQ(chunks({1, 2}, 2), (std::vector<Ints>{{1, 2}}));
  EXPECT_EQ(chunks({}, 2), (std::vector<Ints>{}));
}

TEST(Streams, WhatIsNotPulledIsReleased) {
  pf_list words = list({"a", "b", "c"});
  auto* source = static_cast<pf_stream*>(pf_stream_of(words.head, &kStr));
  NodeRun<stream_chunks_in, stream_chunks_out> chunks(pfn_lists_stream_chunks, {&kStr, source, 2});
  drop(source);
  pf_call call{};
  pf_list chunk;
  ASSERT_EQ(pf_stream_next(chunks.out.chunks, &call, &chunk), PF_DONE);
  EXPECT_EQ(taken(chunk), (std::vector<std::string>{"a", "b"}));
  drop(chunks.out.chunks);
}

TEST(Streams, OfNoStream) {
  NodeRun<stream_take_in, stream_take_out> take(pfn_lists_stream_take, {&kInt, nullptr, 1});
  EXPECT_EQ(take.status, PF_DONE);
  EXPECT_EQ(take.out.items, nullptr);
  NodeRun<stream_drop_in, stream_drop_out> drop(pfn_lists_stream_drop, {&kInt, nullptr, 1});
  EXPECT_EQ(drop.out.items, nullptr);
}
