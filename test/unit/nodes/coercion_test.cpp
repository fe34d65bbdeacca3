// Trees as values of a type: what is read, what is told of it, what is refused.
#include "stdlib-nodes/models/lenient/coercion.h"

#include <gtest/gtest.h>

#include <string>

#include "stdlib-nodes/models/lenient/json_writer.h"
#include "stdlib-nodes/models/lenient/lenient_reader.h"
#include "stdlib-nodes/models/lenient/report.h"
#include "stdlib-nodes/models/lenient/tolerant_json.h"
#include "stdlib-nodes/models/schema.h"
#include "test/unit/nodes/typed_values.h"

namespace {

using namespace pf_models::lenient;
using node_test::kInt;
using node_test::kStr;

/// schema Leaf { size: int }, schema Fork { left: Tree; right: Tree? }, type Tree = Leaf | Fork
extern const pf_type kTree;
constexpr pf_field kLeafFields[] = {{"size", "size", &kInt, 0, "", nullptr}};
constexpr pf_type kLeaf{
    .kind = PF_RECORD, .size = 8, .align = 8, .name = "Leaf", .count = 1, .fields = kLeafFields};
struct OptTree {
  pf_sum value;
  bool has;
};
constexpr pf_type kOptTree{.kind = PF_OPT,
                           .size = sizeof(OptTree),
                           .align = 8,
                           .counted = 1,
                           .name = "Tree?",
                           .element = &kTree};
struct Fork {
  pf_sum left;
  OptTree right;
};
constexpr pf_field kForkFields[] = {
    {"left", "left", &kTree, offsetof(Fork, left), "", nullptr},
    {"right", "right", &kOptTree, offsetof(Fork, right), "", nullptr}};
constexpr pf_type kFork{.kind = PF_RECORD,
                        .size = sizeof(Fork),
                        .align = 8,
                        .counted = 1,
                        .name = "Fork",
                        .count = 2,
                        .fields = kForkFields};
constexpr const pf_type* kVariants[] = {&kLeaf, &kFork};
constexpr pf_type kTree{.kind = PF_SUM,
                        .size = sizeof(pf_sum),
                        .align = 8,
                        .counted = 1,
                        .name = "Leaf | Fork",
                        .count = 2,
                        .variants = kVariants};

struct Fit {
  Fit(std::string_view text, const pf_type& type) {
    Pool pool;
    TolerantReader reader(pool, text);
    Coercion coercion(pool);
    const Node* made = coercion.fit(*reader.read(0), type);
    if (!made) {
      json = coercion.problem();
      return;
    }
    json = json_of(*made);
    Report report;
    report.add_changes(*made);
    for (const std::string& sentence : report.take()) told += sentence + "\n";
  }
  std::string json, told;
};

TEST(Coercion, SumsNestedWithoutTags) {
  Fit fit(R"({"left": {"size": 1}, "right": {"left": {"size": "2"}}})", kTree);
  EXPECT_EQ(fit.json, R"({"type":"Fork","left":{"type":"Leaf","size":1},)"
                      R"("right":{"type":"Fork","left":{"type":"Leaf","size":2}}})");
  EXPECT_EQ(fit.told,
            "$: read as Fork, which alone fits\n"
            "$.left: read as Leaf, which alone fits\n"
            "$.right: read as Fork, which alone fits\n"
            "$.right.left: read as Leaf, which alone fits\n"
            "$.right.left.size: \"2\" read as 2\n");
}

/// Each variant is tried on each object once, however deep the objects are.
TEST(Coercion, DeepSumsAreTriedOnce) {
  std::string text, end;
  for (int i = 0; i < 900; ++i) {
    text += "{\"left\": ";
    end += '}';
  }
  EXPECT_EQ(Fit(text + "{\"size\": 1}" + end, kTree).json.find("{\"type\":\"Fork\""), 0u);
  EXPECT_EQ(Fit(text + "{\"sise\": 1}" + end, kTree).json.find("$"), 0u);
}

TEST(Schema, CountsWhatMayBeOneOfSeveral) {
  // The sum once, under `$defs`, and the optional there and at the root.
  EXPECT_EQ(pf_models::answer_shape(kFork).unions, 3u);
}

TEST(Coercion, EachItemHasItsPlace) {
  pf_type list = node_test::list_type(kInt);
  EXPECT_EQ(Fit("[1, '2', [3], {\"value\": 4}]", list).json, "[1,2,3,4]");
  EXPECT_EQ(Fit("[1, '2', [3], {\"value\": 4}]", list).told,
            "$[1]: \"2\" read as 2\n$[2]: a list of one read as its item\n"
            "$[3]: what stands in \"value\" was read\n");
  EXPECT_EQ(Fit("[1, 'two']", list).json, "$[1]: expected int, found \"two\"");
  EXPECT_EQ(Fit("[1, 9223372036854775808]", list).json,
            "$[1]: expected int, found 9223372036854775808");
}

TEST(Coercion, ManyChangesAreCounted) {
  pf_type list = node_test::list_type(kInt);
  std::string text = "['1'";
  for (int i = 0; i < 149; ++i) text += ", '1'";
  Fit fit(text + "]", list);
  EXPECT_NE(fit.told.find("$[99]: \"1\" read as 1\n$: and 50 more changes\n"), std::string::npos);
}

TEST(LenientReader, ExactJsonHasNoReport) {
  int64_t made = 0;
  Reading reading = read_leniently(node_test::text(" 42 "), kInt, Root::Plain, &made);
  EXPECT_TRUE(reading.read);
  EXPECT_EQ(made, 42);
  EXPECT_TRUE(reading.mended.empty());
}

TEST(LenientReader, AnAnswerWithinItsObject) {
  int64_t made = 0;
  EXPECT_TRUE(read_strictly(node_test::text(R"({"value": 1})"), kInt, Root::InValue, &made).read);
  EXPECT_EQ(made, 1);
  Reading fenced =
      read_leniently(node_test::text("```\n{\"value\": 2}\n```"), kInt, Root::InValue, &made);
  EXPECT_EQ(made, 2);
  EXPECT_EQ(fenced.mended, std::vector<std::string>{"$: the code fence around it was left out"});
  EXPECT_TRUE(read_leniently(node_test::text("3"), kInt, Root::InValue, &made).read);
  EXPECT_EQ(made, 3);
}

TEST(LenientReader, WhatFailsLeavesNothing) {
  pf_type list = node_test::list_type(kStr);
  pf_list made{};
  Reading reading = read_leniently(node_test::text("['a', {}]"), list, Root::Plain, &made);
  EXPECT_FALSE(reading.read);
  EXPECT_EQ(reading.kind, PF_E_SCHEMA);
  EXPECT_EQ(reading.problem, "$[1]: expected str, found object");
  EXPECT_EQ(made.head, nullptr);
}

TEST(LenientReader, SaysWhetherItWasCut) {
  pf_type list = node_test::list_type(kInt);
  pf_list made{};
  Reading reading = read_leniently(node_test::text("[1, 2"), list, Root::Plain, &made);
  EXPECT_TRUE(reading.read && reading.cut);
  EXPECT_EQ(node_test::taken_ints(made), std::vector<int64_t>{1});
}

}  // namespace
