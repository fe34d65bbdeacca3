#include "runtime/src/failures/report.h"

#include <gtest/gtest.h>

#include "runtime/src/values/buffer.h"
#include "test/unit/runtime/values.h"

namespace {

std::string text_of(const char* source, uint32_t line, uint32_t column, uint32_t length,
                    std::string_view message = "m", std::string_view help = "",
                    bool color = false) {
  pf_site site = {"", "node", "a.pf", source, line, column, length, 0, nullptr};
  pflow::rt::Buffer out;
  pflow::rt::add_report(out, {PF_E_IO, &site, values::lit(message), values::lit(help)}, color);
  return {out.data(), out.size()};
}

TEST(Report, TabsAreFourColumns) {
  EXPECT_EQ(text_of("\tf(\tx)", 3, 2, 4),
            "error[PF0904]: m\n"
            " --> a.pf:3:2\n"
            "  |\n"
            "3 |     f(    x)\n"
            "  |     ^^^^^^^\n");
}

TEST(Report, WideCharactersTakeTwoColumns) {
  EXPECT_EQ(text_of("日本 f()", 12, 4, 3),
            "error[PF0904]: m\n"
            "  --> a.pf:12:4\n"
            "   |\n"
            "12 | 日本 f()\n"
            "   |      ^^^\n");
}

TEST(Report, WidthsAreThoseOfTheCompiler) {
  // An umbrella, and a letter with a vowel sign above.
  EXPECT_EQ(text_of("☔ก็ f()", 1, 5, 3),
            "error[PF0904]: m\n"
            " --> a.pf:1:5\n"
            "  |\n"
            "1 | ☔ก็ f()\n"
            "  |     ^^^\n");
}

TEST(Report, ControlBytesAreShown) {
  EXPECT_NE(text_of("a\x1b[2J", 1, 1, 1, "x\x1b[31m\x7f").find("error[PF0904]: x<1B>[31m<7F>\n"),
            std::string::npos);
  EXPECT_NE(text_of("a\x1b[2J", 1, 1, 1).find("1 | a<1B>[2J\n"), std::string::npos);
}

TEST(Report, FurtherLinesAreIndented) {
  EXPECT_EQ(text_of("f()", 1, 1, 3, "one\ntwo\n", "do\nthis"),
            "error[PF0904]: one\n"
            "  two\n"
            " --> a.pf:1:1\n"
            "  |\n"
            "1 | f()\n"
            "  | ^^^\n"
            "  |\n"
            "  = help: do\n"
            "          this\n");
}

TEST(Report, LongLinesAreCutAroundThePlace) {
  std::string source(500, 'a');
  source.replace(300, 3, "f()");
  std::string text = text_of(source.c_str(), 1, 301, 3);
  size_t line = text.find("1 | ...");
  ASSERT_NE(line, std::string::npos);
  size_t carets = text.find("^^^") - text.rfind('\n', text.find("^^^"));
  size_t place = text.find("f()") - text.rfind('\n', text.find("f()"));
  EXPECT_EQ(carets, place);
  EXPECT_LT(text.find('\n', line) - line, 160u);
}

TEST(Report, ColourChangesNoLetter) {
  std::string colored = text_of("f()", 1, 1, 3, "m", "h", true), plain;
  for (size_t i = 0; i < colored.size(); ++i) {
    if (colored[i] == '\x1b')
      i = colored.find('m', i);
    else
      plain += colored[i];
  }
  EXPECT_NE(colored, plain);
  EXPECT_EQ(plain, text_of("f()", 1, 1, 3, "m", "h"));
}

TEST(Report, APlaceAtTheEndOfTheLine) {
  EXPECT_NE(text_of("f(", 1, 3, 0).find("  |   ^\n"), std::string::npos);
}

}  // namespace
