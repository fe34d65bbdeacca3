#include <gtest/gtest.h>

#include <boost/json.hpp>

#include "test/unit/runtime/data_values.h"

using values::Held;
using values::json_of;

namespace {

/// What reading `text` gives, as JSON again, or what is wrong with it.
std::string read(std::string_view text, const pf_type& type) {
  alignas(16) char room[64] = {};
  pf_str source = values::lit(text);
  pf_json_problem problem{};
  if (pf_json_decode(&source, &type, room, &problem)) {
    std::string back = json_of(room, type);
    pf_drop_value(room, &type);
    return back;
  }
  for (char byte : room) EXPECT_EQ(byte, 0) << "what failed leaves nothing";
  std::string message(values::view(problem.message));
  pf_str_release(problem.message);
  if (problem.kind == PF_E_PARSE) return "at " + std::to_string(problem.offset) + ": " + message;
  EXPECT_EQ(problem.kind, PF_E_SCHEMA);
  return message;
}

std::string read(std::string_view text) { return read(text, values::kJsonType); }

TEST(Json, EveryKindOfValue) {
  for (const char* text :
       {"null", "true", "false", "0", "-12", "1.5", "\"\"", "\"a\"", "[]", "[1,[2,[]],\"x\"]", "{}",
        "{\"a\":{\"b\":[null,{}]},\"c\":1}", "9223372036854775807", "-9223372036854775808"})
    EXPECT_EQ(read(text), text);
  EXPECT_EQ(read(" \t\r\n[ 1 , { \"a\" : 2 } ] \n"), "[1,{\"a\":2}]");
}

TEST(Json, NumbersBeyondSixtyFourBitsAreFloats) {
  EXPECT_EQ(read("9223372036854775808"), "9.223372036854776e+18");
  EXPECT_EQ(read("1e2"), "100.0");
  EXPECT_EQ(read("-0.0"), "-0.0");
  EXPECT_EQ(read("0.1"), "0.1");
  EXPECT_EQ(read("123456789012345678e-20"), "0.0012345678901234567");
  EXPECT_EQ(read("1e400"), "$: 1e400... does not fit into a float");
}

TEST(Json, Escapes) {
  EXPECT_EQ(read(R"("\"\\\/\b\f\n\r\t")"), R"("\"\\/\b\f\n\r\t")");
  EXPECT_EQ(read(R"("\u0041\u00e9\u20ac\ud83d\ude00")"), "\"Aé€😀\"");
  EXPECT_EQ(read("\"long enough to be read in words \\n and on\""),
            "\"long enough to be read in words \\n and on\"");
  EXPECT_EQ(read(R"("\ud83d")"), "at 7: half a surrogate pair");
  EXPECT_EQ(read(R"("\ude00")"), "at 7: half a surrogate pair");
  EXPECT_EQ(read(R"("\x")"), "at 2: an unknown escape");
  EXPECT_EQ(read(R"("\u12g4")"), "at 5: expected four hexadecimal digits");
  EXPECT_EQ(read("\"a\nb\""), "at 2: a control character stands in a string");
}

TEST(Json, MistakesHaveTheirPlace) {
  EXPECT_EQ(read(""), "at 0: expected a value");
  EXPECT_EQ(read("[1,]"), "at 3: there is a `,` too many");
  EXPECT_EQ(read("[1 2]"), "at 3: expected `,` or `]`");
  EXPECT_EQ(read("{\"a\" 1}"), "at 5: expected `:`");
  EXPECT_EQ(read("{a:1}"), "at 1: expected a string as key");
  EXPECT_EQ(read("01"), "at 0: a number begins with 0");
  EXPECT_EQ(read("1."), "at 2: expected a digit");
  EXPECT_EQ(read("nul"), "at 0: expected a value");
  EXPECT_EQ(read("1 1"), "at 2: there is text behind the value");
  EXPECT_EQ(read("\"abc"), "at 4: the string has no end");
  EXPECT_EQ(read("{\"a\":1,\"a\":2}"), "$.a: the key stands there twice");
  EXPECT_EQ(read(std::string(1001, '[')), "at 1001: it is nested too deeply");
}

/// Both readers accept the same texts; the skipper is as strict as the reader.
TEST(Json, AgreesWithAnotherParser) {
  const char* texts[] = {"[1,2",          "{\"a\":}",
                         "[-]",           "[1e]",
                         "[1e+]",         "[.5]",
                         "[+1]",          "[00]",
                         "[-01]",         "[0.10]",
                         "[1E5]",         "[1e-5]",
                         "[\"\\u00\"]",   "[\"\\\"]",
                         "[tru]",         "[truex]",
                         "[nullnull]",    "{\"a\":1,}",
                         "{,}",           "[,]",
                         "[[]",           "[]]",
                         "{\"a\":[{}]}",  "[\"\x01\"]",
                         "[\"\t\"]",      "{1:2}",
                         "{\"\":\"\"}",   "[\"\\ud800x\"]",
                         "[NaN]",         "[1]//",
                         "/**/[1]",       "['a']",
                         "[\"\\u0000\"]", "[true,false,null]",
                         "[1 ,2 ]",       "[-0]",
                         "[-0.0e0]",      "[0e1]",
                         "[1.e1]",        "{\"a\":\"b\"\"c\":1}"};
  for (const char* text : texts) {
    boost::system::error_code error;
    boost::json::parse(text, error);
    bool refused = read(text).starts_with("at ");
    EXPECT_EQ(refused, error.failed()) << text;
    std::string wrapped = std::string("{\"unknown\":") + text + ",\"id\":1}";
    bool skipped = !read(wrapped, values::kItem).starts_with("at ");
    boost::json::parse(wrapped, error);
    EXPECT_EQ(skipped, !error.failed()) << wrapped;
  }
}

TEST(Json, RecordsTakeDefaultsAndIgnoreWhatIsUnknown) {
  EXPECT_EQ(read("{\"id\":7}", values::kItem), R"({"id":7,"Label":"none","score":null})");
  EXPECT_EQ(read(R"({"score":1,"x":[{"y":"\""},2],"Label":"a","id":-1})", values::kItem),
            R"({"id":-1,"Label":"a","score":1.0})");
  EXPECT_EQ(read(R"({"id":7,"score":null})", values::kItem),
            R"({"id":7,"Label":"none","score":null})");
  EXPECT_EQ(read("{}", values::kItem), "$.id: expected int, found nothing");
  EXPECT_EQ(read(R"({"id":1,"id":2})", values::kItem), "$.id: the key stands there twice");
  EXPECT_EQ(read(R"({"id":1,"Label":null})", values::kItem), "$.Label: expected str, found null");
}

TEST(Json, ShapesThatDoNotFitNameTheirPath) {
  EXPECT_EQ(read(R"([{"id":1},{"id":"x"}])", values::kItems), "$[1].id: expected int, found str");
  EXPECT_EQ(read(R"([{"id":1.5}])", values::kItems), "$[0].id: expected int, found float");
  EXPECT_EQ(read(R"([{"id":9223372036854775808}])", values::kItems),
            "$[0].id: 9223372036854775808 does not fit into an int");
  EXPECT_EQ(read("{}", values::kItems), "$: expected [Item], found object");
  EXPECT_EQ(read(R"({"a b":true})", values::kIntMap), "$[\"a b\"]: expected int, found bool");
  EXPECT_EQ(read("\"high\"", values::kLevel), "$: expected \"low\" | \"mid\", found \"high\"");
  EXPECT_EQ(read("[1]", values::kStr), "$: expected str, found list");
}

TEST(Json, TextForms) {
  EXPECT_EQ(read("\"mid\"", values::kLevel), "\"mid\"");
  EXPECT_EQ(read("\"5m\"", values::kDuration), "\"5m\"");
  EXPECT_EQ(read("\"5 minutes\"", values::kDuration), "$: expected a duration such as \"5m\"");
  EXPECT_EQ(read("\"aGk=\"", values::kBytes), "\"aGk=\"");
  EXPECT_EQ(read("\"aG\\r\\nk\"", values::kBytes), "\"aGk=\"");
  EXPECT_EQ(read("\"a.k=\"", values::kBytes),
            "$: expected base64, found a character that is no digit at offset 1");
}

TEST(Json, SumsAreToldApartByTheirType) {
  EXPECT_EQ(read(R"({"type":"Tree","value":1})", values::kSum),
            R"({"type":"Tree","value":1,"next":null})");
  EXPECT_EQ(read(R"({"id":1,"x":{"type":"Tree"},"type":"Item"})", values::kSum),
            R"({"type":"Item","id":1,"Label":"none","score":null})");
  EXPECT_EQ(read(R"({"id":1})", values::kSum), "$: expected Item | Tree, found no \"type\"");
  EXPECT_EQ(read(R"({"type":"Bush"})", values::kSum),
            R"($.type: expected "Item" | "Tree", found "Bush")");
  EXPECT_EQ(read(R"({"type":3})", values::kSum), "$.type: expected str, found int");
  EXPECT_EQ(read(R"({"type":"Item","type":"Item","id":1})", values::kSum),
            "$.type: the key stands there twice");
}

TEST(Json, BoxedOptionals) {
  EXPECT_EQ(read(R"({"value":1,"next":{"value":2,"next":{"value":3}}})", values::kTree),
            R"({"value":1,"next":{"value":2,"next":{"value":3,"next":null}}})");
  EXPECT_EQ(read(R"({"value":1,"next":{"value":true}})", values::kTree),
            "$.next.value: expected int, found bool");
}

/// `json` as a value of a type, as JSON again, or what is wrong.
std::string convert(std::string_view text, const pf_type& type) {
  Held<pf_json> json(values::kJsonType);
  pf_str source = values::lit(text);
  pf_json_problem problem{};
  EXPECT_TRUE(pf_json_decode(&source, &values::kJsonType, &json.value, &problem));
  alignas(16) char room[64] = {};
  if (pf_json_as(room, &json.value, &type, &values::kSite)) return values::take_failure();
  std::string back = json_of(room, type);
  Held<pf_json> again(values::kJsonType);
  pf_json_from(&again.value, room, &type);
  EXPECT_EQ(json_of(&again.value, values::kJsonType), back);
  pf_drop_value(room, &type);
  return back;
}

TEST(Json, AsAndFromKeepTheShape) {
  for (auto [text, type] : std::initializer_list<std::pair<const char*, const pf_type*>>{
           {R"({"id":1,"Label":"a","score":0.5})", &values::kItem},
           {R"({"type":"Item","id":1,"Label":"a","score":null})", &values::kSum},
           {R"([{"id":1,"Label":"a","score":null}])", &values::kItems},
           {R"({"a":1,"b":2})", &values::kIntMap},
           {R"({"value":1,"next":{"value":2,"next":null}})", &values::kTree},
           {"\"mid\"", &values::kLevel},
           {"\"1500ms\"", &values::kDuration}})
    EXPECT_EQ(convert(text, *type), text);
  EXPECT_EQ(convert("{\"id\":1}", values::kItem), R"({"id":1,"Label":"none","score":null})");
  EXPECT_EQ(convert("3", values::kFloat), "3.0");
}

TEST(Json, AsFailsWithThePath) {
  EXPECT_EQ(convert(R"([{"id":1},{}])", values::kItems),
            "schema: $[1].id: expected int, found nothing");
  EXPECT_EQ(convert(R"({"type":"Tree","value":"x"})", values::kSum),
            "schema: $.value: expected int, found str");
  EXPECT_EQ(convert("1.0", values::kInt), "schema: $: expected int, found float");
  EXPECT_EQ(convert("null", values::kIntMap), "schema: $: expected map<int>, found null");
}

TEST(Json, NavigationGivesNullForWhatIsMissing) {
  Held<pf_json> json(values::kJsonType);
  pf_str source = values::lit(R"({"a":[10,"x"]})"), key = values::lit("a"), no = values::lit("b");
  pf_json_problem problem{};
  ASSERT_TRUE(pf_json_decode(&source, &values::kJsonType, &json.value, &problem));
  Held<pf_json> list(values::kJsonType), item(values::kJsonType), none(values::kJsonType);
  pf_json_field(&list.value, &json.value, &key);
  pf_json_item(&item.value, &list.value, 1);
  EXPECT_EQ(json_of(&item.value, values::kJsonType), "\"x\"");
  for (int64_t index : {-1, 2}) {
    pf_json_item(&none.value, &list.value, index);
    EXPECT_EQ(none.value.kind, uint64_t{PF_JSON_NULL});
  }
  pf_json_field(&none.value, &json.value, &no);
  EXPECT_EQ(none.value.kind, uint64_t{PF_JSON_NULL});
  pf_json_field(&none.value, &list.value, &key);
  EXPECT_EQ(none.value.kind, uint64_t{PF_JSON_NULL});
}

TEST(Json, EqualityIgnoresTheOrderOfKeysAndTheFormOfNumbers) {
  auto equal = [](std::string_view a, std::string_view b) {
    Held<pf_json> first(values::kJsonType), second(values::kJsonType);
    pf_str texts[] = {values::lit(a), values::lit(b)};
    pf_json_problem problem{};
    EXPECT_TRUE(pf_json_decode(&texts[0], &values::kJsonType, &first.value, &problem));
    EXPECT_TRUE(pf_json_decode(&texts[1], &values::kJsonType, &second.value, &problem));
    return pf_value_equal(&first.value, &second.value, &values::kJsonType);
  };
  EXPECT_TRUE(equal(R"({"a":1,"b":[true]})", R"({"b":[true],"a":1.0})"));
  EXPECT_FALSE(equal(R"({"a":1})", R"({"a":1,"b":2})"));
  EXPECT_FALSE(equal(R"({"a":1})", R"({"b":1})"));
  EXPECT_FALSE(equal("[1,2]", "[2,1]"));
  EXPECT_FALSE(equal("null", "false"));
}

TEST(Json, PrettyPrinting) {
  Held<pf_json> json(values::kJsonType);
  pf_str source = values::lit(R"({"a":[1,2],"b":{},"c":[],"d":"x"})");
  pf_json_problem problem{};
  ASSERT_TRUE(pf_json_decode(&source, &values::kJsonType, &json.value, &problem));
  EXPECT_EQ(values::take(pf_json_text(&json.value, &values::kJsonType, 2)),
            "{\n  \"a\": [\n    1,\n    2\n  ],\n  \"b\": {},\n  \"c\": [],\n  \"d\": \"x\"\n}");
}

TEST(Json, ReadingForANodeNamesLineAndColumn) {
  pf_call call{};
  pf_json out{};
  pf_str text = values::lit("{\n  \"a\": x}");
  EXPECT_EQ(pf_json_read(&call, &text, &values::kJsonType, &out), PF_FAILED);
  pf_raise_call(&call);
  EXPECT_EQ(values::take_failure(), "parse: no JSON at line 2, column 8: expected a value");
}

}  // namespace
