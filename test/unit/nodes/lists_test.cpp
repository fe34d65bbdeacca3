// The functions on lists.
#include <cmath>
#include <limits>

#include "lists.pf.hpp"
#include "test/unit/nodes/typed_values.h"

using namespace node_test;

namespace {

using Ints = std::vector<int64_t>;
using Strings = std::vector<std::string>;

constexpr int64_t kMost = std::numeric_limits<int64_t>::max();
constexpr int64_t kLeast = std::numeric_limits<int64_t>::min();

/// Runs a node that makes a list of ints of one.
template <typename In, typename Out>
Ints made(pf_status (*node)(pf_call*, const In*, Out*), In in, pf_list Out::* list) {
  NodeRun<In, Out> run(node, in);
  EXPECT_EQ(run.status, PF_DONE);
  release(in.items, kInt);
  return taken_ints(run.out.*list);
}

/// `-` for none.
template <typename In, typename Out>
std::string item(pf_status (*node)(pf_call*, const In*, Out*), In in, void* Out::* port) {
  Optional<int64_t> found{};
  Out out{};
  out.*port = &found;
  pf_call call{};
  EXPECT_EQ(node(&call, &in, &out), PF_DONE);
  release(in.items, kInt);
  return found.has ? std::to_string(found.value) : "-";
}

NodeRun<range_in, range_out> range(int64_t from, int64_t to, int64_t step = 1) {
  return {pfn_lists_range, {from, {to, true}, step}};
}

}  // namespace

TEST(Lists, TakeAndDropClamp) {
  auto take = [](int64_t count) {
    return made(pfn_lists_take, {&kInt, ints({1, 2, 3}), count}, &take_out::items);
  };
  auto drop = [](int64_t count) {
    return made(pfn_lists_drop, {&kInt, ints({1, 2, 3}), count}, &drop_out::items);
  };
  EXPECT_EQ(take(2), (Ints{1, 2}));
  EXPECT_EQ(take(0), (Ints{}));
  EXPECT_EQ(take(9), (Ints{1, 2, 3}));
  EXPECT_EQ(drop(2), (Ints{3}));
  EXPECT_EQ(drop(9), (Ints{}));
  NodeRun<take_in, take_out> negative(pfn_lists_take, {&kInt, {}, -1});
  EXPECT_EQ(negative.failure(), "value: `count` is -1; expected 0 or more");
}

TEST(Lists, SingleItems) {
  Ints items = {3, 1, 2, 1};
  auto in = [&] { return ints(items); };
  EXPECT_EQ(item(pfn_lists_first, {&kInt, in()}, &first_out::item), "3");
  EXPECT_EQ(item(pfn_lists_last, {&kInt, in()}, &last_out::item), "1");
  EXPECT_EQ(item(pfn_lists_min, {&kInt, in()}, &min_out::item), "1");
  EXPECT_EQ(item(pfn_lists_max, {&kInt, in()}, &max_out::item), "3");
  EXPECT_EQ(item(pfn_lists_get, {&kInt, in(), 2}, &get_out::item), "2");
  EXPECT_EQ(item(pfn_lists_get, {&kInt, in(), 4}, &get_out::item), "-");
  EXPECT_EQ(item(pfn_lists_get, {&kInt, in(), -1}, &get_out::item), "-");
  items.clear();
  EXPECT_EQ(item(pfn_lists_first, {&kInt, in()}, &first_out::item), "-");
  EXPECT_EQ(item(pfn_lists_last, {&kInt, in()}, &last_out::item), "-");
  EXPECT_EQ(item(pfn_lists_min, {&kInt, in()}, &min_out::item), "-");
}

TEST(Lists, ItemsThatHoldThemselvesAreBoxed) {
  pf_type node{.kind = PF_RECORD, .size = 8, .align = 8, .counted = 1, .name = "Node"};
  pf_type next{.kind = PF_OPT,
               .size = 8,
               .align = 8,
               .counted = 1,
               .name = "Node?",
               .element = &node,
               .count = 1};
  pf_field field{.name = "next", .wire = "next", .type = &next};
  node.count = 1;
  node.fields = &field;
  pf_list items = list_of<pf_list>({pf_list{}}, node);
  pf_list found{};
  first_in in{&node, items};
  first_out out{&found};
  pf_call call{};
  EXPECT_EQ(pfn_lists_first(&call, &in, &out), PF_DONE);
  ASSERT_NE(found.head, nullptr);
  EXPECT_EQ(found.head->len, 1u);
  release(found, node);
  release(items, node);
}

TEST(Lists, OptionalItemsStayWhatTheyAre) {
  pf_type optional{
      .kind = PF_OPT, .size = 16, .align = 8, .counted = 0, .name = "int?", .element = &kInt};
  pf_list items = list_of<Optional<int64_t>>({{5, true}}, optional);
  Optional<int64_t> found{};
  first_in in{&optional, items};
  first_out out{&found};
  pf_call call{};
  EXPECT_EQ(pfn_lists_first(&call, &in, &out), PF_DONE);
  EXPECT_TRUE(found.has && found.value == 5);
  release(items, optional);
}

TEST(Lists, Reorder) {
  EXPECT_EQ(made(pfn_lists_reverse, {&kInt, ints({1, 2, 3})}, &reverse_out::items),
            (Ints{3, 2, 1}));
  EXPECT_EQ(made(pfn_lists_sort, {&kInt, ints({3, 1, 2})}, &sort_out::sorted), (Ints{1, 2, 3}));
  EXPECT_EQ(made(pfn_lists_sort, {&kInt, {}}, &sort_out::sorted), (Ints{}));
  pf_list words = list({"b", "a", "B"});
  NodeRun<sort_in, sort_out> sorted(pfn_lists_sort, {&kStr, words});
  EXPECT_EQ(taken(words), (Strings{"b", "a", "B"}));
  EXPECT_EQ(taken(sorted.out.sorted), (Strings{"B", "a", "b"}));
}

TEST(Lists, UniqueKeepsTheFirst) {
  EXPECT_EQ(made(pfn_lists_unique, {&kInt, ints({2, 1, 2, 3, 1})}, &unique_out::items),
            (Ints{2, 1, 3}));
  pf_list words = list({"b", "a", "b", "", "a", ""});
  NodeRun<unique_in, unique_out> run(pfn_lists_unique, {&kStr, words});
  taken(words);
  EXPECT_EQ(taken(run.out.items), (Strings{"b", "a", ""}));
  pf_list floats = list_of<double>({0.0, -0.0, 1.5, 1.5}, kFloat);
  NodeRun<unique_in, unique_out> numbers(pfn_lists_unique, {&kFloat, floats});
  EXPECT_EQ(taken<double>(numbers.out.items, kFloat), (std::vector<double>{0.0, 1.5}));
  release(floats, kFloat);
}

TEST(Lists, UniqueOfManyIsFast) {
  Ints many(200'000);
  for (size_t i = 0; i < many.size(); ++i) many[i] = static_cast<int64_t>(i % 100'000) << 20;
  EXPECT_EQ(made(pfn_lists_unique, {&kInt, ints(many)}, &unique_out::items).size(), 100'000u);
}

TEST(Lists, Concat) {
  pf_type inner = list_type(kInt);
  pf_list lists = list_of<pf_list>({ints({1, 2}), pf_list{}, ints({3})}, inner);
  NodeRun<concat_in, concat_out> run(pfn_lists_concat, {&kInt, lists});
  release(lists, inner);
  EXPECT_EQ(taken_ints(run.out.items), (Ints{1, 2, 3}));
}

TEST(Lists, Chunks) {
  pf_type inner = list_type(kInt);
  pf_list items = ints({1, 2, 3, 4, 5});
  auto sizes = [&](int64_t size) {
    NodeRun<chunks_in, chunks_out> run(pfn_lists_chunks, {&kInt, items, size});
    Ints found;
    const auto* lists = reinterpret_cast<const pf_list*>(run.out.chunks.head + 1);
    for (size_t i = 0; i < run.out.chunks.head->len; ++i) {
      found.push_back(static_cast<int64_t>(lists[i].head->len));
    }
    release(run.out.chunks, inner);
    return found;
  };
  EXPECT_EQ(sizes(2), (Ints{2, 2, 1}));
  EXPECT_EQ(sizes(5), (Ints{5}));
  EXPECT_EQ(sizes(kMost), (Ints{5}));
  NodeRun<chunks_in, chunks_out> none(pfn_lists_chunks, {&kInt, items, 0});
  EXPECT_EQ(none.failure(), "value: `size` is 0; expected 1 or more");
  release(items, kInt);
}

TEST(Lists, ZipAndEnumerateLayOutRecords) {
  struct Pair {
    bool first;
    pf_str second;
  };
  struct Indexed {
    int64_t index;
    bool value;
  };
  pf_list flags = list_of<char>({1, 0, 1}, kBool);
  pf_list words = list({"a", "b"});
  NodeRun<zip_in, zip_out> zip(pfn_lists_zip, {&kBool, &kStr, flags, words});
  ASSERT_EQ(zip.out.pairs.head->len, 2u);
  auto* pairs = reinterpret_cast<Pair*>(zip.out.pairs.head + 1);
  EXPECT_TRUE(pairs[0].first && !pairs[1].first);
  EXPECT_EQ(taken(pairs[0].second) + taken(pairs[1].second), "ab");
  free(zip.out.pairs.head);
  taken(words);
  NodeRun<enumerate_in, enumerate_out> run(pfn_lists_enumerate, {&kBool, flags});
  ASSERT_EQ(run.out.items.head->len, 3u);
  auto* items = reinterpret_cast<Indexed*>(run.out.items.head + 1);
  EXPECT_EQ(items[2].index, 2);
  EXPECT_TRUE(items[0].value && !items[1].value && items[2].value);
  free(run.out.items.head);
  release(flags, kBool);
}

TEST(Lists, Sum) {
  auto sum = [](const Ints& numbers) {
    int64_t total = 7;
    pf_list items = ints(numbers);
    sum_in in{&kInt, items};
    sum_out out{&total};
    pf_call call{};
    pf_status status = pfn_lists_sum(&call, &in, &out);
    release(items, kInt);
    return status == PF_DONE ? std::to_string(total) : failure(call);
  };
  EXPECT_EQ(sum({1, -5, 2}), "-2");
  EXPECT_EQ(sum({}), "0");
  EXPECT_EQ(sum({kMost, 1}), "value: the result does not fit into 64 bits");
  double total = 0;
  pf_list floats = list_of<double>({0.5, 0.25}, kFloat);
  sum_in in{&kFloat, floats};
  sum_out out{&total};
  pf_call call{};
  EXPECT_EQ(pfn_lists_sum(&call, &in, &out), PF_DONE);
  EXPECT_EQ(total, 0.75);
  release(floats, kFloat);
}

TEST(Lists, Range) {
  EXPECT_EQ(taken_ints(range(2, 5).out.numbers), (Ints{2, 3, 4}));
  EXPECT_EQ(taken_ints(range(5, 2).out.numbers), (Ints{}));
  EXPECT_EQ(taken_ints(range(5, 0, -2).out.numbers), (Ints{5, 3, 1}));
  EXPECT_EQ(taken_ints(range(kMost - 1, kMost, 5).out.numbers), (Ints{kMost - 1}));
  EXPECT_EQ(taken_ints(range(kLeast, kMost, kMost).out.numbers), (Ints{kLeast, -1, kMost - 1}));
  NodeRun<range_in, range_out> one(pfn_lists_range, {3, {}, 1});
  EXPECT_EQ(taken_ints(one.out.numbers), (Ints{0, 1, 2}));
  EXPECT_EQ(range(0, 1, 0).failure(), "value: `step` is 0");
  EXPECT_EQ(range(kLeast, kMost).failure(),
            "value: the range has 18446744073709551615 numbers, more than a list can hold");
}
