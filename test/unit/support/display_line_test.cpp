#include "support/display_line.h"

#include <gtest/gtest.h>

#include "support/display_width.h"

namespace pflow {
namespace {

TEST(DisplayLine, ExpandsTabs) {
  DisplayLine line("\ta\tb", {});
  EXPECT_EQ(line.text(), "    a    b");
  EXPECT_EQ(line.column(1), 4u);
  EXPECT_EQ(line.column(3), 9u);
}

TEST(DisplayLine, CountsColumnsOfWideAndCombiningCharacters) {
  DisplayLine line("日本e\xCC\x81x", {});
  EXPECT_EQ(line.column(3), 2u);
  EXPECT_EQ(line.column(6), 4u);
  EXPECT_EQ(line.column(9), 5u);  // after e and its accent
}

TEST(DisplayLine, EscapesWhatATerminalWouldObey) {
  DisplayLine line("\x1b[31m\xff\xe2\x80\xae", {});
  EXPECT_EQ(line.text(), "<1B>[31m<FF><U+202E>");
  EXPECT_EQ(line.column(1), 4u);
}

TEST(DisplayLine, ColumnsPastTheEndStandAfterTheLastCharacter) {
  EXPECT_EQ(DisplayLine("ab", {}).column(100), 2u);
  EXPECT_EQ(DisplayLine("", {}).column(0), 0u);
}

TEST(DisplayLine, CutsLongLinesAroundTheFocus) {
  std::string text = std::string(1000, 'a') + "HERE" + std::string(1000, 'b');
  DisplayLine line(text, {{1000, 1004}});
  EXPECT_EQ(line.text(), "..." + std::string(30, 'a') + "HERE" + std::string(30, 'b') + "...");
  EXPECT_EQ(line.column(1000), 33u);
  EXPECT_EQ(line.column(1004), 37u);
}

TEST(DisplayLine, KeepsBothEndsOfALongFocus) {
  std::string text = "x" + std::string(100000, 'q') + "y";
  DisplayLine line(text, {{1, 100001}});
  EXPECT_LT(line.text().size(), 200u);
  EXPECT_EQ(line.text().front(), 'x');
  EXPECT_EQ(line.text().back(), 'y');
  EXPECT_NE(line.text().find("..."), std::string::npos);
}

TEST(DecodeFront, RefusesWhatIsNotUtf8) {
  for (const char* text : {"\x80", "\xC0\x80", "\xE0\x80\x80", "\xED\xA0\x80", "\xF5\x80\x80\x80",
                           "\xF0\x80\x80\x80", "\xE2\x82", "\xFF"}) {
    CodePoint point = decode_front(text);
    EXPECT_FALSE(point.valid) << text;
    EXPECT_EQ(point.length, 1u);
  }
  EXPECT_EQ(decode_front("\xF0\x9F\x98\x80").value, 0x1F600u);
}

}  // namespace
}  // namespace pflow
