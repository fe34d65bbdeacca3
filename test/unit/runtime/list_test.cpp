#include <gtest/gtest.h>

#include "test/unit/runtime/values.h"

using values::ints;
using values::to_ints;

namespace {

TEST(List, PushGrowsInPlaceWhenAlone) {
  pf_list list{};
  int moves = 0;
  for (int64_t i = 0; i < 1000; ++i) {
    void* before = list.head;
    list.head = static_cast<pf_list_head*>(pf_list_push(list.head, &i, &values::kInt));
    moves += list.head != before;
  }
  ASSERT_EQ(list.head->len, 1000u);
  EXPECT_EQ(to_ints(list.head)[999], 999);
  EXPECT_LT(moves, 20);
  values::drop(list, values::kInts);
}

TEST(List, PushCopiesASharedList) {
  pf_list first = values::texts({"a", "b"});
  ++first.head->count;
  pf_str more = values::owned("c");
  pf_list second{static_cast<pf_list_head*>(pf_list_push(first.head, &more, &values::kStr))};
  EXPECT_NE(first.head, second.head);
  EXPECT_EQ(first.head->count, 1);
  EXPECT_EQ(first.head->len, 2u);
  EXPECT_EQ(second.head->len, 3u);
  const auto* shared = reinterpret_cast<const pf_str*>(first.head + 1);
  EXPECT_EQ(shared[0].owner->count, 2) << "both lists hold it";
  values::drop(first, values::kTexts);
  values::drop(second, values::kTexts);
}

TEST(List, PushKeepsAShortTextWithoutItsLargeBuffer) {
  pf_str large = values::owned(std::string(200'000, 'x'));
  pf_str line{large.data + 5, 10, large.owner};
  pf_str_retain(line);
  pf_str half{large.data, 100'000, large.owner};
  pf_str_retain(half);
  pf_list list{};
  for (pf_str* text : {&line, &half})
    list.head = static_cast<pf_list_head*>(pf_list_push(list.head, text, &values::kStr));
  EXPECT_EQ(large.owner->count, 2) << "the half shares it, the line does not";
  EXPECT_EQ(values::view(*reinterpret_cast<pf_str*>(list.head + 1)), std::string(10, 'x'));
  values::drop(list, values::kTexts);
  EXPECT_EQ(large.owner->count, 1);
  pf_str_release(large);
}

TEST(List, ConcatOfNothingAndOfItself) {
  pf_list some = ints({1, 2});
  auto* same = static_cast<pf_list_head*>(pf_list_concat(some.head, nullptr, &values::kInt));
  EXPECT_EQ(same, some.head);
  auto* shared = static_cast<pf_list_head*>(pf_list_concat(nullptr, same, &values::kInt));
  EXPECT_EQ(shared, same);
  EXPECT_EQ(shared->count, 2);
  --shared->count;
  auto* doubled = static_cast<pf_list_head*>(pf_list_concat(shared, shared, &values::kInt));
  EXPECT_EQ(to_ints(doubled), (std::vector<int64_t>{1, 2, 1, 2}));
  values::drop({doubled}, values::kInts);
}

TEST(List, SliceClampsAndSharesTheWhole) {
  pf_list list = ints({1, 2, 3, 4});
  auto slice = [&](int64_t from, int64_t to) {
    auto* head = static_cast<pf_list_head*>(pf_list_slice(list.head, from, to, &values::kInt));
    std::vector<int64_t> elements = to_ints(head);
    values::drop({head}, values::kInts);
    return elements;
  };
  EXPECT_EQ(slice(1, 3), (std::vector<int64_t>{2, 3}));
  EXPECT_EQ(slice(2, INT64_MAX), (std::vector<int64_t>{3, 4}));
  EXPECT_TRUE(slice(3, 1).empty());
  void* whole = pf_list_slice(list.head, 0, 99, &values::kInt);
  EXPECT_EQ(whole, list.head);
  EXPECT_EQ(list.head->count, 2);
  --list.head->count;
  values::drop(list, values::kInts);
}

TEST(List, Contains) {
  pf_list list = values::texts({"a", "b"});
  pf_str b = values::lit("b"), c = values::lit("c");
  EXPECT_TRUE(pf_list_contains(list.head, &b, &values::kStr));
  EXPECT_FALSE(pf_list_contains(list.head, &c, &values::kStr));
  EXPECT_FALSE(pf_list_contains(nullptr, &c, &values::kStr));
  values::drop(list, values::kTexts);
}

TEST(List, SortIsStable) {
  std::vector<int64_t> elements, keys;
  for (int64_t i = 0; i < 500; ++i) {
    elements.push_back(i);
    keys.push_back((i * 7919) % 10);
  }
  pf_list list = ints(elements), by = ints(keys);
  auto* sorted =
      static_cast<pf_list_head*>(pf_list_sort_by(list.head, by.head, &values::kInt, &values::kInt));
  std::vector<int64_t> order = to_ints(sorted);
  ASSERT_EQ(order.size(), 500u);
  for (size_t i = 1; i < order.size(); ++i) {
    int64_t before = keys[static_cast<size_t>(order[i - 1])];
    int64_t here = keys[static_cast<size_t>(order[i])];
    EXPECT_TRUE(before < here || (before == here && order[i - 1] < order[i])) << i;
  }
  values::drop({sorted}, values::kInts);
  values::drop(by, values::kInts);
}

TEST(List, SortOfASharedListKeepsIt) {
  pf_list list = values::texts({"b", "a"});
  ++list.head->count;
  auto* sorted = static_cast<pf_list_head*>(
      pf_list_sort_by(list.head, list.head, &values::kStr, &values::kStr));
  EXPECT_EQ(values::view(reinterpret_cast<pf_str*>(sorted + 1)[0]), "a");
  EXPECT_EQ(values::view(reinterpret_cast<pf_str*>(list.head + 1)[0]), "b");
  values::drop({sorted}, values::kTexts);
  values::drop(list, values::kTexts);
}

/// A type `[[[…]]]` without end, as a recursive schema has it.
struct Nested {
  pf_type type;
  constexpr Nested() : type{PF_LIST, 8, 8, 1, "Nested", nullptr, 0, nullptr, nullptr} {
    type.element = &type;
  }
};

TEST(List, DeepNestingIsReleasedWithoutDeepRecursion) {
  static const Nested nested;
  pf_list list{};
  for (int i = 0; i < 1'000'000; ++i)
    list.head = static_cast<pf_list_head*>(pf_list_make(&list, 1, &nested.type));
  EXPECT_EQ(list.head->len, 1u);
  values::drop(list, nested.type);
}

TEST(Value, EqualAndRetainGoThroughRecords) {
  values::Entry a{values::owned("n"), {5, true}, values::texts({"x"})};
  values::Entry b = a;
  pf_retain_value(&b, &values::kEntry);
  EXPECT_EQ(a.name.owner->count, 2);
  EXPECT_EQ(a.tags.head->count, 2);
  EXPECT_TRUE(pf_value_equal(&a, &b, &values::kEntry));
  b.size = {};
  EXPECT_FALSE(pf_value_equal(&a, &b, &values::kEntry));
  pf_drop_value(&b, &values::kEntry);
  EXPECT_EQ(a.name.owner->count, 1);
  pf_drop_value(&a, &values::kEntry);
}

TEST(Value, CompareOrdersNumbersAndPutsNaNLast) {
  double one = 1, two = 2, nan = __builtin_nan("");
  EXPECT_LT(pf_value_compare(&one, &two, &values::kFloat), 0);
  EXPECT_LT(pf_value_compare(&two, &nan, &values::kFloat), 0);
  EXPECT_EQ(pf_value_compare(&nan, &nan, &values::kFloat), 0);
  EXPECT_FALSE(pf_value_equal(&nan, &nan, &values::kFloat));
  int64_t a = -1, b = 1;
  EXPECT_LT(pf_value_compare(&a, &b, &values::kInt), 0);
  EXPECT_GT(pf_value_compare(&b, &a, &values::kDuration), 0);
}

}  // namespace
