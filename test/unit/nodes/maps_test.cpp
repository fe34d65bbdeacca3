// The functions on maps.
#include "lists.pf.hpp"
#include "test/unit/nodes/typed_values.h"

using namespace node_test;

namespace {

struct Entry {
  pf_str key;
  int64_t value;
};

constexpr pf_field kFields[] = {{"key", "key", &kStr, 0}, {"value", "value", &kInt, 24}};
constexpr pf_type kEntry{.kind = PF_RECORD,
                         .size = sizeof(Entry),
                         .align = 8,
                         .counted = 1,
                         .name = "KeyValue<int>",
                         .element = nullptr,
                         .count = 2,
                         .fields = kFields};

pf_list entries(const std::vector<std::pair<std::string, int64_t>>& values) {
  std::vector<Entry> made;
  for (const auto& [key, value] : values) made.push_back({owned(key), value});
  return list_of(made, kEntry);
}

/// `a=1 b=2`, of a map or its entries, which are released.
std::string shown(pf_list map) {
  std::string text;
  const auto* items = map.head ? reinterpret_cast<const Entry*>(map.head + 1) : nullptr;
  for (size_t i = 0; map.head && i < map.head->len; ++i) {
    text += (text.empty() ? "" : " ") + string(items[i].key) + "=" + std::to_string(items[i].value);
  }
  release(map, kEntry);
  return text;
}

}  // namespace

TEST(Maps, PartsKeepTheirOrder) {
  pf_list map = entries({{"b", 1}, {"a", 2}});
  NodeRun<keys_in, keys_out> keys(pfn_lists_keys, {&kInt, map});
  EXPECT_EQ(taken(keys.out.keys), (std::vector<std::string>{"b", "a"}));
  NodeRun<values_in, values_out> values(pfn_lists_values, {&kInt, map});
  EXPECT_EQ(taken_ints(values.out.values), (std::vector<int64_t>{1, 2}));
  NodeRun<entries_in, entries_out> all(pfn_lists_entries, {&kInt, map});
  EXPECT_EQ(shown(all.out.entries), "b=1 a=2");
  EXPECT_EQ(shown(map), "b=1 a=2");
}

TEST(Maps, GetGivesAnOptional) {
  pf_list map = entries({{"a", 1}});
  auto get = [&](std::string_view key) {
    Optional<int64_t> found{};
    map_get_in in{&kInt, map, text(key)};
    map_get_out out{&found};
    pf_call call{};
    EXPECT_EQ(pfn_lists_map_get(&call, &in, &out), PF_DONE);
    return found.has ? std::to_string(found.value) : "-";
  };
  EXPECT_EQ(get("a"), "1");
  EXPECT_EQ(get("b"), "-");
  release(map, kEntry);
}

TEST(Maps, InsertLeavesTheOldMap) {
  pf_list map = entries({{"a", 1}, {"b", 2}});
  int64_t value = 9;
  auto insert = [&](std::string_view key) {
    NodeRun<insert_in, insert_out> run(pfn_lists_insert, {&kInt, map, text(key), &value});
    return shown(run.out.map);
  };
  EXPECT_EQ(insert("a"), "a=9 b=2");
  EXPECT_EQ(insert("c"), "a=1 b=2 c=9");
  EXPECT_EQ(shown(map), "a=1 b=2");
}

TEST(Maps, OfEqualKeysTheLastCounts) {
  pf_list pairs = entries({{"a", 1}, {"b", 2}, {"a", 3}});
  NodeRun<to_map_in, to_map_out> run(pfn_lists_to_map, {&kInt, pairs});
  EXPECT_EQ(shown(run.out.map), "a=3 b=2");
  release(pairs, kEntry);
}
