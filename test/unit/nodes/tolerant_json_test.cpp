// Text that is nearly JSON, as the tree that it stands for.
#include "stdlib-nodes/models/lenient/tolerant_json.h"

#include <gtest/gtest.h>

#include <string>

#include "stdlib-nodes/models/lenient/json_writer.h"
#include "stdlib-nodes/models/lenient/surroundings.h"

namespace {

using namespace pf_models::lenient;

/// What was read from the first character on, as exact JSON; else the mistake and its place.
struct Read {
  explicit Read(std::string_view text) : reader(pool, text) {
    const Node* node = reader.read(0);
    json = node ? json_of(*node)
                : std::string(reader.mistake()) + " at " + std::to_string(reader.offset());
  }
  [[nodiscard]] bool has(Mend mend) const { return (reader.mends() & bit(mend)) != 0; }
  Pool pool;
  TolerantReader reader;
  std::string json;
};
std::string read(std::string_view text) { return Read(text).json; }

TEST(TolerantJson, ExactJsonAsItStands) {
  std::string text = R"({"a":[1,-2.5e3,true,false,null],"b":{"c":"d\"\\\u0001é"},"e":[],"f":{}})";
  Read exact(text);
  EXPECT_EQ(exact.json, text);
  EXPECT_EQ(exact.reader.mends(), 0);
  EXPECT_EQ(exact.reader.offset(), text.size());
}

TEST(TolerantJson, EndsWithItsBracket) {
  Read read("[1] and more");
  EXPECT_EQ(read.json, "[1]");
  EXPECT_EQ(read.reader.offset(), 3u);
}

TEST(TolerantJson, Quotes) {
  EXPECT_EQ(read("{'a': 'b'}"), R"({"a":"b"})");
  EXPECT_EQ(read("{“a”: „b“}"), R"({"a":"b"})");
  EXPECT_EQ(read("['it's', 'a']"), R"(["it's","a"])");
  EXPECT_EQ(read(R"(["a "b" c"])"), R"(["a \"b\" c"])");
  EXPECT_EQ(read(R"({"a": "x, "y", z", "b": 1})"), R"({"a":"x, \"y\", z","b":1})");
  EXPECT_EQ(read(R"(["""a "b" c"""])"), R"(["a \"b\" c"])");
  EXPECT_EQ(read(R"({"a": ""})"), R"({"a":""})");
}

TEST(TolerantJson, WordsWithoutQuotes) {
  EXPECT_EQ(read("{a_b: c d, e-f: 12 %}"), R"({"a_b":"c d","e-f":"12 %"})");
  EXPECT_EQ(read("[None, True, undefined]"), "[null,true,null]");
  EXPECT_EQ(read("{a: 1 b: x y\nc: 2}"), R"({"a":1,"b":"x y","c":2})");
  EXPECT_EQ(read("{a: $1,234.50, b: 1,2}"), "expected `:` at 21");
  EXPECT_EQ(read("[1,234]"), "[1,234]");
  EXPECT_TRUE(Read("[-Infinity]").has(Mend::NotANumber));
}

TEST(TolerantJson, CommasAndComments) {
  EXPECT_EQ(read("[1,,2,]"), "[1,2]");
  EXPECT_EQ(read("[,1]"), "[1]");
  EXPECT_EQ(read("[\"a\" \"b\"\n1]"), R"(["a","b",1])");
  EXPECT_EQ(read("[1, // one\n2 /* two */, # three\n3]"), "[1,2,3]");
  EXPECT_EQ(read("{\"a\": \"x\"; \"b\" = 2}"), R"({"a":"x","b":2})");
  EXPECT_EQ(read("{\"a\": , \"b\": 2}"), R"({"a":null,"b":2})");
}

TEST(TolerantJson, Escapes) {
  EXPECT_EQ(read(R"(["\u00e9\/\n"])"), R"(["é/\u000a"])");
  EXPECT_EQ(read(R"(["\ud83d\ude00"])"), "[\"😀\"]");
  EXPECT_EQ(read(R"(["\d+ \u12"])"), R"(["\\d+ \\u12"])");
  EXPECT_EQ(read(R"(["\udead"])"), "[\"\ufffd\"]");
  EXPECT_TRUE(Read(R"(["\d"])").has(Mend::Escape));
}

TEST(TolerantJson, WhatIsCutOff) {
  for (auto [text, json] :
       {std::pair("[1, [2", "[1,[2]]"), std::pair("{\"a\": \"b", R"({"a":"b"})"),
        std::pair("{\"a\": 1, \"b", R"({"a":1})"), std::pair("{\"a\": 1, \"b\":", R"({"a":1})"),
        std::pair("[", "[]")}) {
    Read cut(text);
    EXPECT_EQ(cut.json, json) << text;
    EXPECT_TRUE(cut.reader.cut()) << text;
  }
}

TEST(TolerantJson, MissingBrackets) {
  EXPECT_EQ(read("{\"a\": [1, 2}"), R"({"a":[1,2]})");
  EXPECT_EQ(read("[{\"a\": 1]"), R"([{"a":1}])");
  EXPECT_EQ(read("{\"a\": [\"x\", \"b\": 2}"), R"({"a":["x"],"b":2})");
  EXPECT_EQ(read("[1}"), "a closing bracket has no opening one at 2");
}

TEST(TolerantJson, NoJson) {
  EXPECT_EQ(read("{}"), "{}");
  EXPECT_EQ(read("{a, b}"), "expected `:` at 2");
  EXPECT_EQ(read("{{name}}"), "expected a key at 1");
  EXPECT_EQ(read("{\"a\" 1}"), "expected `:` at 5");
  EXPECT_EQ(read("{1}"), "expected `:` at 2");
}

TEST(TolerantJson, DepthIsBounded) {
  std::string deep(TolerantReader::kMaxDepth, '[');
  EXPECT_TRUE(Read(deep).reader.cut());
  EXPECT_EQ(read(deep + "["), "it is nested too deeply at 1000");
}

TEST(Surroundings, FencesProseThoughts) {
  EXPECT_EQ(around("\n", " "), Around::Nothing);
  EXPECT_EQ(around("```json\n", "\n```\n"), Around::Fence);
  EXPECT_EQ(around("```json\n", "\n```\nBye"), Around::Prose);
  EXPECT_EQ(without_thoughts("<think>a</b></think> c"), " c");
  EXPECT_EQ(without_thoughts("<think>a"), "<think>a");
  EXPECT_EQ(without_fence("```\n42\n```"), "42");
  EXPECT_EQ(without_fence("**42**"), "42");
  EXPECT_TRUE(is_separator(" ,\n"));
  EXPECT_FALSE(is_separator(" and "));
}

}  // namespace
