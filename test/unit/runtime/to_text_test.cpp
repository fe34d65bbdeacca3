#include <gtest/gtest.h>

#include <cfloat>
#include <cmath>
#include <cstdlib>
#include <random>

#include "test/unit/runtime/values.h"

using values::take;

namespace {

template <typename Value>
std::string text_of(const Value& value, const pf_type& type) {
  pf_str out;
  pf_to_text(&out, &value, &type);
  return take(out);
}

std::string float_text(double value) { return text_of(value, values::kFloat); }

TEST(ToText, FloatsAsPythonsRepr) {
  const std::pair<double, const char*> cases[] = {{3.0, "3.0"},
                                                  {0.1, "0.1"},
                                                  {-0.0, "-0.0"},
                                                  {1e16, "1e+16"},
                                                  {1e15, "1000000000000000.0"},
                                                  {123456789.125, "123456789.125"},
                                                  {0.0001, "0.0001"},
                                                  {0.00001, "1e-05"},
                                                  {1.0 / 3, "0.3333333333333333"},
                                                  {0.1 + 0.2, "0.30000000000000004"},
                                                  {5e-324, "5e-324"},
                                                  {DBL_MAX, "1.7976931348623157e+308"},
                                                  {DBL_MIN, "2.2250738585072014e-308"},
                                                  {1.5e300, "1.5e+300"},
                                                  {9007199254740993.0, "9007199254740992.0"},
                                                  {2e9, "2000000000.0"},
                                                  {INFINITY, "inf"},
                                                  {-INFINITY, "-inf"},
                                                  {NAN, "nan"}};
  for (auto [value, text] : cases) EXPECT_EQ(float_text(value), text);
}

TEST(ToText, FloatsReadBackTheSame) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 20000; ++i) {
    uint64_t bits = random();
    double value;
    memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    EXPECT_EQ(strtod(float_text(value).c_str(), nullptr), value);
  }
}

TEST(ToText, PlainValues) {
  EXPECT_EQ(text_of(int64_t{INT64_MIN}, values::kInt), "-9223372036854775808");
  EXPECT_EQ(text_of(true, values::kBool), "true");
  EXPECT_EQ(text_of(values::lit("a\"b"), values::kStr), "a\"b");
  EXPECT_EQ(text_of(values::lit("low"), values::kLevel), "low");
  EXPECT_EQ(text_of(values::lit("ab"), values::kBytes), "YWI=");
}

TEST(ToText, DurationsAsTheyAreWritten) {
  const std::pair<int64_t, const char*> cases[] = {{0, "0s"},
                                                   {500'000'000, "500ms"},
                                                   {1'500'000'000, "1500ms"},
                                                   {300'000'000'000, "5m"},
                                                   {7'200'000'000'000, "2h"},
                                                   {86'400'000'000'000, "1d"},
                                                   {1'500, "0.0015ms"},
                                                   {-2'000'000'000, "-2s"},
                                                   {-1'500, "-0.0015ms"},
                                                   {90'000'000'000, "90s"}};
  for (auto [value, text] : cases) EXPECT_EQ(text_of(value, values::kDuration), text);
}

TEST(ToText, SecretsAreHidden) {
  EXPECT_EQ(text_of(values::lit("sk-1"), values::kSecret), "***");
  pf_type secrets = {PF_LIST, 8, 8, 1, "[secret]", &values::kSecret, 0, nullptr, nullptr};
  pf_list list = values::texts({"sk-1"});
  EXPECT_EQ(text_of(list, secrets), "[\"***\"]");
  values::drop(list, values::kTexts);
}

TEST(ToText, ListsAndRecordsAsCompactJson) {
  pf_list list = values::texts({"a\"\\\n\t\x01", "ü"});
  EXPECT_EQ(text_of(list, values::kTexts), "[\"a\\\"\\\\\\n\\t\\u0001\",\"ü\"]");
  EXPECT_EQ(text_of(pf_list{}, values::kTexts), "[]");
  values::Entry entry{values::lit("n"), {}, list};
  EXPECT_EQ(text_of(entry, values::kEntry),
            "{\"class\":\"n\",\"size\":null,\"tags\":[\"a\\\"\\\\\\n\\t\\u0001\",\"ü\"]}");
  entry.size = {4, true};
  EXPECT_NE(text_of(entry, values::kEntry).find("\"size\":4"), std::string::npos);
  values::drop(list, values::kTexts);
}

TEST(ToText, JsonHasNoNaN) {
  pf_type floats = {PF_LIST, 8, 8, 1, "[float]", &values::kFloat, 0, nullptr, nullptr};
  double elements[] = {1.0, NAN};
  pf_list list{static_cast<pf_list_head*>(pf_list_make(elements, 2, &values::kFloat))};
  EXPECT_EQ(text_of(list, floats), "[1.0,null]");
  values::drop(list, floats);
}

TEST(ToText, TextIsSharedNotCopied) {
  pf_str text = values::owned("shared"), out;
  pf_to_text(&out, &text, &values::kStr);
  EXPECT_EQ(out.data, text.data);
  EXPECT_EQ(text.owner->count, 2);
  pf_str_release(out);
  pf_str_release(text);
}

TEST(ParseNumber, IntsAreStrict) {
  int64_t value = 0;
  auto fails = [&](std::string_view text) {
    pf_str t = values::lit(text);
    return pf_parse_int(&value, &t, &values::kSite);
  };
  EXPECT_FALSE(fails("-9223372036854775808"));
  EXPECT_EQ(value, INT64_MIN);
  EXPECT_FALSE(fails("007"));
  EXPECT_EQ(value, 7);
  for (const char* text : {"", "-", " 1", "1 ", "1.0", "0x10", "1_000"}) {
    EXPECT_TRUE(fails(text)) << text;
    EXPECT_EQ(values::take_failure(), std::string("value: expected an int, found `") + text + "`");
  }
  EXPECT_TRUE(fails("9223372036854775808"));
  EXPECT_EQ(values::take_failure(), "value: `9223372036854775808` does not fit into an int");
}

TEST(ParseNumber, Floats) {
  double value = 0;
  auto fails = [&](std::string_view text) {
    pf_str t = values::lit(text);
    return pf_parse_float(&value, &t, &values::kSite);
  };
  EXPECT_FALSE(fails("-1.5e3"));
  EXPECT_EQ(value, -1500);
  EXPECT_FALSE(fails("2"));
  for (const char* text : {"", "1.", ".5", "nan", "inf", "0x1p3", "1e", "1,5"}) {
    EXPECT_TRUE(fails(text)) << text;
    EXPECT_EQ(values::take_failure(), std::string("value: expected a float, found `") + text + "`");
  }
  EXPECT_TRUE(fails("1e999"));
  values::take_failure();
}

TEST(ParseNumber, FloatToIntOnlyWhenWhole) {
  int64_t value = 0;
  EXPECT_FALSE(pf_float_to_int(&value, -3.0, &values::kSite));
  EXPECT_EQ(value, -3);
  EXPECT_TRUE(pf_float_to_int(&value, 0.5, &values::kSite));
  EXPECT_EQ(values::take_failure(), "value: 0.5 is not a whole number");
  EXPECT_TRUE(pf_float_to_int(&value, 1e19, &values::kSite));
  EXPECT_EQ(values::take_failure(), "value: 1e+19 does not fit into an int");
  EXPECT_TRUE(pf_float_to_int(&value, NAN, &values::kSite));
  values::take_failure();
}

}  // namespace
