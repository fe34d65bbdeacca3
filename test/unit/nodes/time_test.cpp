// now, parse_time, format_time.
#include "test/unit/nodes/node_call.h"
#include "time.pf.hpp"

using namespace node_test;

namespace {

constexpr int64_t kSecond = 1'000'000'000;

NodeRun<parse_time_in, parse_time_out> parse(std::string_view value) {
  return {pfn_time_parse_time, {text(value), {}}};
}
NodeRun<parse_time_in, parse_time_out> parse(std::string_view value, std::string_view format) {
  return {pfn_time_parse_time, {text(value), {text(format), true}}};
}
NodeRun<format_time_in, format_time_out> format(int64_t time, std::string_view words) {
  return {pfn_time_format_time, {time, text(words)}};
}

}  // namespace

TEST(ParseTime, Rfc3339) {
  EXPECT_EQ(parse("1970-01-01T00:00:00Z").out.time, 0);
  EXPECT_EQ(parse("2023-11-14T22:13:20Z").out.time, 1'700'000'000 * kSecond);
  EXPECT_EQ(parse("2023-11-14t23:13:20.5+01:00").out.time, 1'700'000'000 * kSecond + 500'000'000);
  EXPECT_EQ(parse("2023-11-14 20:13:20-02:00").out.time, 1'700'000'000 * kSecond);
  EXPECT_EQ(parse("1969-12-31").out.time, -86'400 * kSecond);
  EXPECT_EQ(parse("2024-02-29").out.time, 1'709'164'800 * kSecond);
  EXPECT_EQ(parse("1970-01-01T00:00:00.123456789123Z").out.time, 123'456'789);
}

TEST(ParseTime, WhatIsNoTime) {
  for (const char* wrong : {"", "now", "2023-02-29", "2023-13-01", "2023-11-14T22:13",
                            "2023-11-14T22:13:20", "2023-11-14T24:00:00Z", "2023-11-14T22:13:20.Z",
                            "2023-11-14Z", "9999-01-01", "2023-11-14T22:13:20Zz"}) {
    EXPECT_EQ(parse(wrong).failure(), std::string("value: `") + wrong +
                                          "` is no time; expected one as 2026-01-31T09:30:00Z");
  }
}

TEST(ParseTime, OtherForms) {
  EXPECT_EQ(parse("14.11.2023 22:13", "%d.%m.%Y %H:%M").out.time, 1'699'999'980 * kSecond);
  EXPECT_EQ(parse("14.11.2023 22:13 +0100", "%d.%m.%Y %H:%M %z").out.time, 1'699'996'380 * kSecond);
  EXPECT_EQ(parse("14.11.", "%d.%m.%Y").failure(),
            "value: `14.11.` is no time in the form `%d.%m.%Y`");
  EXPECT_EQ(parse("14.11.2023 x", "%d.%m.%Y").failure(),
            "value: `14.11.2023 x` is no time in the form `%d.%m.%Y`");
}

TEST(ParseTime, DatesInOtherFormsExist) {
  EXPECT_EQ(parse("2024-02-29", "%Y-%m-%d").out.time, parse("2024-02-29").out.time);
  EXPECT_EQ(parse("2026-060", "%Y-%j").out.time, parse("2026-03-01").out.time);
  EXPECT_EQ(parse("2024-366", "%Y-%j").out.time, parse("2024-12-31").out.time);
  EXPECT_EQ(parse("060", "%j").out.time, parse("1970-03-01").out.time);
  EXPECT_EQ(parse("Sun 01 Mar 2026", "%a %d %b %Y").out.time, parse("2026-03-01").out.time);
  EXPECT_EQ(parse("2026 09 1", "%Y %W %u").out.time, parse("2026-03-02").out.time);
  EXPECT_EQ(parse("Mon 10:30", "%a %H:%M").out.time, 37'800 * kSecond);
  EXPECT_EQ(parse("2016-12", "%Y-%m").out.time, parse("2016-12-01").out.time);
  EXPECT_EQ(parse("2016-12-31 23:59:60", "%Y-%m-%d %H:%M:%S").out.time,
            parse("2017-01-01").out.time);
  struct Wrong {
    const char *text, *format, *why;
  };
  for (auto [text, form, why] : std::initializer_list<Wrong>{
           {"2026-02-30", "%Y-%m-%d", ": there is no such day"},
           {"2025-02-29", "%Y-%m-%d", ": there is no such day"},
           {"31.04.2026", "%d.%m.%Y", ": there is no such day"},
           {"29.02.", "%d.%m.", ": there is no such day"},
           {"2026-366", "%Y-%j", ": there is no such day"},
           {"366", "%j", ": there is no such day"},
           {"Mon 01 Mar 2026", "%a %d %b %Y", ": it is another weekday"},
           {"23:59:61", "%H:%M:%S", ": no minute has that second"},
           {"24:00:00", "%H:%M:%S", ""},
           {"2026-W09-1", "%G-W%V-%u", ": weeks give no day; `%Y-%m-%d` and `%Y-%j` do"},
           {"2026 09", "%Y %W", ": weeks give no day; `%Y-%m-%d` and `%Y-%j` do"}})
    EXPECT_EQ(parse(text, form).failure(),
              std::string("value: `") + text + "` is no time in the form `" + form + "`" + why);
}

TEST(FormatTime, Utc) {
  EXPECT_EQ(taken(format(1'700'000'000 * kSecond, "%Y-%m-%dT%H:%M:%SZ").out.text),
            "2023-11-14T22:13:20Z");
  EXPECT_EQ(taken(format(-1, "%H:%M:%S").out.text), "23:59:59");
  EXPECT_EQ(taken(format(0, "").out.text), "");
  EXPECT_EQ(taken(format(0, "%%").out.text), "%");
  std::string many(3000, 'x');
  EXPECT_EQ(taken(format(0, many).out.text), many);
  EXPECT_EQ(format(0, std::string(70'000, 'x')).failure(),
            "value: `format` makes a text that is too long");
}

TEST(Now, CanBeParsed) {
  NodeRun<now_in, now_out> run(pfn_time_now, {});
  std::string now = taken(run.out.time);
  EXPECT_EQ(now.size(), 24u);
  EXPECT_GT(parse(now).out.time, 1'767'225'600 * kSecond);
}
