// The items of a JSON list, each as soon as it is whole.
#include "stdlib-nodes/models/streams/list_items.h"

#include <gtest/gtest.h>

namespace {

/// The items and whether the list has ended: of the whole, and the same of it byte by byte.
std::string items(std::string_view text) {
  auto shown = [&](size_t step) {
    pf_models::ListItems list;
    std::deque<std::string> all;
    for (size_t at = 0; at < text.size(); at += step) list.add(text.substr(at, step), all);
    std::string made;
    for (const std::string& item : all) made += item + "|";
    return made + (list.ended() ? "." : "…");
  };
  std::string whole = shown(text.size() + 1);
  EXPECT_EQ(shown(1), whole);
  EXPECT_EQ(shown(3), whole);
  return whole;
}

}  // namespace

TEST(ListItems, ObjectsAndLists) {
  EXPECT_EQ(items(R"([{"a":[1,{"b":2}]}, [3,[4]] ,{}])"), R"({"a":[1,{"b":2}]}|[3,[4]]|{}|.)");
  EXPECT_EQ(items("[ ]"), ".");
  EXPECT_EQ(items("[{\"a\":1},{\"a\""), "{\"a\":1}|…");
  EXPECT_EQ(items(""), "…");
}

TEST(ListItems, TextsAndWords) {
  EXPECT_EQ(items(R"(["a, ]", "\"\\", ""])"), R"("a, ]"|"\"\\"|""|.)");
  EXPECT_EQ(items("[1,-2.5e3 ,null\n,true]"), "1|-2.5e3|null|true|.");
  EXPECT_EQ(items("[12"), "…") << "more digits may come";
}

TEST(ListItems, WhatStandsAround) {
  EXPECT_EQ(items(R"({"value":[1,2]} and [3])"), "1|2|.");
  EXPECT_EQ(items("```json\n[1]\n```"), "1|.");
  EXPECT_EQ(items(R"({"[":"]\"[","value":[1]})"), "1|.");
}

TEST(ListItems, WhatIsNoJson) {
  EXPECT_EQ(items("[}1]"), "}|1|.") << "whoever reads the item says so";
  EXPECT_EQ(items("[,,1,]"), "1|.");
}
