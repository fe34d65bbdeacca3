#include <gtest/gtest.h>

#include "test/unit/runtime/data_values.h"

using values::json_of;

namespace {

pf_list with(pf_list map, std::string_view key, int64_t value) {
  pf_str owned = values::owned(key);
  return {static_cast<pf_list_head*>(pf_map_set(map.head, &owned, &value, &values::kIntMap))};
}

int64_t get(pf_list map, std::string_view key) {
  pf_str text = values::lit(key);
  const void* found = pf_map_find(map.head, &text, &values::kIntMap);
  return found ? *static_cast<const int64_t*>(found) : -1;
}

TEST(Map, KeepsTheOrderOfInsertion) {
  pf_list map{};
  for (const char* key : {"z", "a", "m"}) map = with(map, key, key[0]);
  map = with(map, "a", 1);
  EXPECT_EQ(json_of(&map, values::kIntMap), R"({"z":122,"a":1,"m":109})");
  EXPECT_EQ(get(map, "b"), -1);
  values::drop(map, values::kIntMap);
}

TEST(Map, FindsAmongManyWhateverTheirNumber) {
  pf_list map{};
  for (int64_t i = 0; i < 5000; ++i) {
    map = with(map, std::to_string(i), i);
    if (i % 7 == 0) {
      EXPECT_EQ(get(map, std::to_string(i / 2)), i / 2);
    }
  }
  for (int64_t i = 0; i < 5000; ++i) ASSERT_EQ(get(map, std::to_string(i)), i);
  EXPECT_EQ(get(map, "5000"), -1);
  EXPECT_EQ(map.head->len, 5000u);
  values::drop(map, values::kIntMap);
}

TEST(Map, KeysOfEveryLengthDiffer) {
  pf_list map{};
  std::vector<std::string> keys{""};
  for (size_t length = 1; length < 20; ++length)
    for (size_t at = 0; at < length; ++at) {
      keys.emplace_back(length, 'a');
      keys.back()[at] = 'b';
    }
  for (size_t i = 0; i < keys.size(); ++i) map = with(map, keys[i], static_cast<int64_t>(i));
  EXPECT_EQ(map.head->len, keys.size());
  for (size_t i = 0; i < keys.size(); ++i) EXPECT_EQ(get(map, keys[i]), static_cast<int64_t>(i));
  values::drop(map, values::kIntMap);
}

TEST(Map, KeepsAShortKeyWithoutItsLargeBuffer) {
  pf_str large = values::owned(std::string(200'000, 'x'));
  pf_str key{large.data + 5, 10, large.owner};
  pf_str_retain(key);
  const int64_t value = 1;
  pf_list map{static_cast<pf_list_head*>(pf_map_set(nullptr, &key, &value, &values::kIntMap))};
  EXPECT_EQ(large.owner->count, 1);
  pf_str_release(large);
  EXPECT_EQ(get(map, "xxxxxxxxxx"), 1);
  values::drop(map, values::kIntMap);
}

TEST(Map, SetLeavesOtherHoldersAlone) {
  for (int64_t size : {3, 100}) {
    pf_list first{};
    for (int64_t i = 0; i < size; ++i) first = with(first, std::to_string(i), i);
    EXPECT_EQ(get(first, "2"), 2);
    ++first.head->count;
    pf_list second = with(first, "2", 22);
    EXPECT_NE(first.head, second.head);
    EXPECT_EQ(get(first, "2"), 2);
    EXPECT_EQ(get(second, "2"), 22);
    pf_list_head* before = second.head;
    second = with(second, "1", 11);
    EXPECT_EQ(second.head, before) << "alone, it changes in place";
    values::drop(first, values::kIntMap);
    values::drop(second, values::kIntMap);
  }
}

TEST(Map, EqualityIgnoresTheOrder) {
  pf_list first{}, second{};
  for (int64_t i = 0; i < 20; ++i) first = with(first, std::to_string(i), i);
  for (int64_t i = 19; i >= 0; --i) second = with(second, std::to_string(i), i);
  EXPECT_TRUE(pf_value_equal(&first, &second, &values::kIntMap));
  second = with(second, "7", 70);
  EXPECT_FALSE(pf_value_equal(&first, &second, &values::kIntMap));
  second = with(second, "7", 7);
  second = with(second, "more", 1);
  EXPECT_FALSE(pf_value_equal(&first, &second, &values::kIntMap));
  values::drop(first, values::kIntMap);
  values::drop(second, values::kIntMap);
}

TEST(Map, MissingKeyOffersTheNearest) {
  pf_list map = with(with({}, "colour", 1), "size", 2);
  pf_str key = values::lit("color");
  pf_raise_missing_key(&values::kSite, map.head, &key, &values::kIntMap);
  EXPECT_EQ(values::failure_help(), "a key with a similar name exists: `colour`");
  EXPECT_EQ(values::take_failure(), "value: the map has no key `color`");
  values::drop(map, values::kIntMap);
}

TEST(Map, ReleasesItsKeys) {
  pf_str key = values::owned("key");
  pf_str_retain(key);
  pf_str again = key;
  pf_str_retain(again);
  int64_t value = 1;
  pf_list map{static_cast<pf_list_head*>(pf_map_set(nullptr, &key, &value, &values::kIntMap))};
  map.head = static_cast<pf_list_head*>(pf_map_set(map.head, &again, &value, &values::kIntMap));
  EXPECT_EQ(key.owner->count, 2) << "the second one is not kept";
  values::drop(map, values::kIntMap);
  EXPECT_EQ(key.owner->count, 1);
  pf_str_release(key);
}

TEST(Values, DeepOnesAreReleasedWithoutDeepRecursion) {
  constexpr int kDepth = 1'000'000;
  pf_list boxed{};
  for (int i = 0; i < kDepth; ++i) {
    values::Tree tree{i, boxed};
    boxed.head = static_cast<pf_list_head*>(pf_list_push(nullptr, &tree, &values::kTree));
  }
  values::drop(boxed, values::kOptTree);
  pf_json json{};
  for (int i = 0; i < kDepth; ++i) {
    pf_json outer{};
    outer.kind = PF_JSON_ARRAY;
    outer.list.head = static_cast<pf_list_head*>(pf_list_push(nullptr, &json, &values::kJsonType));
    json = outer;
  }
  pf_drop_value(&json, &values::kJsonType);
}

TEST(Values, SumsAreEqualByVariantAndRecord) {
  values::Tree tree{1, {}};
  auto sum = [&](int64_t variant, int64_t value) {
    tree.value = value;
    pf_sum made{variant, {}};
    made.box.head = static_cast<pf_list_head*>(pf_list_push(nullptr, &tree, &values::kTree));
    return made;
  };
  pf_sum one = sum(1, 1), same = sum(1, 1), other = sum(1, 2);
  EXPECT_TRUE(pf_value_equal(&one, &same, &values::kSum));
  EXPECT_FALSE(pf_value_equal(&one, &other, &values::kSum));
  for (pf_sum* made : {&one, &same, &other}) pf_drop_value(made, &values::kSum);
}

}  // namespace
