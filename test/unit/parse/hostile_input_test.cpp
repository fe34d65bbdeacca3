#include <gtest/gtest.h>

#include <random>

#include "parsed.h"

namespace pflow {
namespace {

std::string repeat(std::string_view text, size_t times) {
  std::string out;
  for (size_t i = 0; i < times; ++i) out += text;
  return out;
}

/// The code of the first report.
std::string first_code(const Parsed& parsed) {
  return parsed.diagnostics.all().empty() ? "" : diagnostic_code(*parsed.diagnostics.all()[0].info);
}

TEST(HostileInput, EncodingIsCheckedFirst) {
  EXPECT_EQ(Parsed("a(\"\xff\")\n").errors(),
            "1:4 PF0101 the file is not UTF-8 text: byte 0xFF does not belong here\n");
  EXPECT_EQ(first_code(Parsed("\"\xed\xa0\x80\"")), "PF0101") << "a surrogate";
  EXPECT_EQ(first_code(Parsed("\"\xc0\xaf\"")), "PF0101") << "an overlong form";
  EXPECT_EQ(first_code(Parsed("\"\xf4\x90\x80\x80\"")), "PF0101") << "past the last code point";
  EXPECT_EQ(first_code(Parsed("\"\xe2\x82")), "PF0101") << "cut short";
  EXPECT_EQ(Parsed(std::string("a(\"b\0\")", 8)).errors(),
            "1:5 PF0102 the file holds a NUL byte\n");
}

TEST(HostileInput, AByteOrderMarkIsSkipped) {
  EXPECT_EQ(Parsed("\xef\xbb\xbf"
                   "a()\n")
                .errors(),
            "");
  EXPECT_EQ(Parsed("\xef\xbb\xbf").errors(), "");
}

TEST(HostileInput, EmptyFiles) {
  for (const char* text : {"", "\n", "# note", "## doc", ";;\n;"}) {
    Parsed parsed(text);
    EXPECT_EQ(parsed.errors(), "") << text;
    EXPECT_TRUE(parsed.file->decls.empty());
  }
}

TEST(HostileInput, DepthIsBounded) {
  for (const char* opening :
       {"(", "[", "{", "\"${", "f(", "a[", "not ", "-", "x => ", "if ", "f({ a + ", "\"\"\"\n${",
        "f(map<", "match a { 1 => ", "{ \"k\": ", "x.T { a: ", "if a { "}) {
    Parsed parsed("flow f() { let x = " + repeat(opening, 100'000) + "\n}\n");
    EXPECT_EQ(first_code(parsed), "PF0104") << opening;
    EXPECT_LT(parsed.diagnostics.error_count(), 5u) << opening;
  }
  EXPECT_EQ(Parsed("type T = " + repeat("[", 1000)).errors(),
            "1:266 PF0104 nesting is deeper than 256 levels\n");
}

TEST(HostileInput, TypesNestByAngles) {
  EXPECT_EQ(first_code(Parsed("flow f(a: " + repeat("map<", 100'000) + ") {}\n")), "PF0104");
  EXPECT_EQ(first_code(Parsed("f(a: " + repeat("P<A, ", 100'000) + ")\n")), "PF0104");
  EXPECT_EQ(Parsed("f(" + repeat("map<", 250) + "str" + repeat(">", 250) + ")\n").errors(), "");
  EXPECT_EQ(first_code(Parsed("type T = " + repeat("map<", 300) + "str" + repeat(">", 300) + "\n")),
            "PF0104");
  EXPECT_EQ(Parsed("f(" + repeat("a < b, ", 1000) + ")\n").errors(), "");
}

TEST(HostileInput, BodiesInsideEachOther) {
  for (const char* opening : {"par { ", "xs >> each x { ", "repeat { ", "on error { "}) {
    Parsed parsed("flow f() { " + repeat(opening, 100'000) + "\n}\n");
    EXPECT_EQ(first_code(parsed), "PF0104") << opening;
    std::string closed = repeat(opening, 250) + "a()" + repeat(" }", 250);
    EXPECT_EQ(Parsed("flow f() { " + closed + " }\n").errors(), "") << opening;
  }
}

TEST(HostileInput, DepthBelowTheBoundIsFine) {
  EXPECT_EQ(Parsed("f(" + repeat("(", 250) + "1" + repeat(")", 250) + ")\n").errors(), "");
  EXPECT_EQ(Parsed("f(" + repeat("not ", 250) + "a)\n").errors(), "");
}

TEST(HostileInput, TheHeightOfTheTreeIsBounded) {
  for (const char* link : {" + 1", ".b", "[0]", "()", " and c"}) {
    EXPECT_EQ(first_code(Parsed("f(a" + repeat(link, 100'000) + ")\n")), "PF0149") << link;
    EXPECT_EQ(Parsed("f(a" + repeat(link, 900) + ")\n").errors(), "") << link;
  }
  std::string arms = repeat("if a { 1 } else ", 100'000);
  EXPECT_EQ(first_code(Parsed("f(" + arms + "{ 2 })\n")), "PF0149");
  EXPECT_EQ(first_code(Parsed("f(" + repeat("(1" + repeat(" + 1", 100) + " + ", 50) + "1" +
                              repeat(")", 50) + ")\n")),
            "PF0149");
}

TEST(HostileInput, LongListsAreFine) {
  EXPECT_EQ(Parsed("a()" + repeat(" >> a()", 20'000) + "\n").errors(), "");
  EXPECT_EQ(Parsed("a([" + repeat("1, ", 20'000) + "])\n").errors(), "");
  EXPECT_EQ(Parsed("flow f() {\n" + repeat("a(1)\n", 20'000) + "}\n").errors(), "");
  EXPECT_EQ(Parsed("a(\"" + repeat("é", 500'000) + "\")\n").errors(), "");
  EXPECT_EQ(Parsed("a(\"" + repeat("${b}", 20'000) + "\")\n").errors(), "");
}

TEST(HostileInput, ManyMistakesEndTheParse) {
  for (const std::string& text :
       {repeat("@ ", 100'000), repeat("let = 1\n", 100'000), repeat("} x ", 100'000),
        "flow f() {\n" + repeat("a(b c)\n", 100'000) + "}\n", repeat("flow f(\n", 100'000)}) {
    Parsed parsed(text);
    EXPECT_LE(parsed.diagnostics.all().size(), 103u) << text.substr(0, 30);
    EXPECT_NE(parsed.errors().find("PF0146"), std::string::npos) << text.substr(0, 30);
  }
}

TEST(HostileInput, LargeFilesAreRefused) {
  EXPECT_EQ(first_code(Parsed(std::string(65 * 1024 * 1024, ' '))), "PF0103");
}

TEST(HostileInput, RandomTokensEnd) {
  const char* words[] = {"flow", "node",  "schema", "let",   "if",   "else", "(",  ")",  "[",
                         "]",    "{",     "}",      "\"a\"", "\"",   "${",   "x",  "y",  "1",
                         "2.5",  "1s",    "->",     ">>",    ">",    "<",    ",",  ";",  ":",
                         "=",    "==",    ".",      "?.",    "??",   "|",    "+",  "-",  "*",
                         "/",    "with",  "as",     "end",   "not",  "or",   "\n", "\n", "\"\"\"",
                         "Foo",  "_",     "=>",     "...",   "each", "par",  "'",  "!",  "&&",
                         "#c\n", "##d\n", "r\"x\"", "extern"};
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    for (int i = 0; i < 60; ++i) {
      text += words[random() % std::size(words)];
      if (random() % 3 != 0) text += ' ';
    }
    Parsed parsed(text);
    EXPECT_LE(parsed.diagnostics.all().size(), 103u);
    EXPECT_FALSE(parsed.tree().empty());
  }
}

}  // namespace
}  // namespace pflow
