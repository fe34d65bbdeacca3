#include <gtest/gtest.h>

#include "parsed.h"

namespace pflow {
namespace {

TEST(Literals, Numbers) {
  EXPECT_EQ(expression("1_000"), "int 1000\n");
  EXPECT_EQ(expression("0xff_FF"), "int 65535\n");
  EXPECT_EQ(expression("1.5"), "float 1.5\n");
  EXPECT_EQ(expression("2e9"), "float 2000000000\n");
  EXPECT_EQ(expression("1e-400"), "float 0\n");
  EXPECT_EQ(expression("9223372036854775807"), "int 9223372036854775807\n");
  EXPECT_EQ(expression("-9223372036854775808"), "int -9223372036854775808\n");
  EXPECT_EQ(expression("-1"), "unary -\n  int 1\n");
}

TEST(Literals, NumbersOutOfRange) {
  EXPECT_EQ(expression("9223372036854775808"),
            "2:9 PF0110 `9223372036854775808` does not fit into an `int`\n");
  EXPECT_EQ(expression("0x1ffffffffffffffff"),
            "2:9 PF0110 `0x1ffffffffffffffff` does not fit into an `int`\n");
  EXPECT_EQ(expression("1e999"), "2:9 PF0110 `1e999` does not fit into a `float`\n");
  EXPECT_EQ(expression("999999d"), "2:9 PF0110 `999999d` does not fit into a `duration`\n");
}

TEST(Literals, MalformedNumbers) {
  for (const char* text : {"007", "12abc", "1_", "1__0", "0x", "1.5.2x", "2e"})
    EXPECT_NE(expression(text).find("PF0109"), std::string::npos) << text << expression(text);
  EXPECT_EQ(Parsed("flow f() { let x = 007 }\n").edited(), "flow f() { let x = 7 }\n");
}

TEST(Literals, Durations) {
  EXPECT_EQ(expression("500ms"), "duration 500000000ns\n");
  EXPECT_EQ(expression("1.5s"), "duration 1500000000ns\n");
  EXPECT_EQ(expression("2h"), "duration 7200000000000ns\n");
  EXPECT_EQ(expression("0.1d"), "duration 8640000000000ns\n");
  EXPECT_EQ(expression("1m"), "duration 60000000000ns\n");
}

TEST(Literals, Words) {
  EXPECT_EQ(expression("[true, false, none]"), "list\n  bool true\n  bool false\n  none\n");
}

TEST(Strings, Escapes) {
  EXPECT_EQ(expression(R"("a\n\t\r\"\\\${x}\u{e9}$")"),
            "string \"a\\n\\t\\r\\\"\\\\\\${x}é\\$\"\n");
  EXPECT_EQ(expression("\"\""), "string \"\"\n");
}

TEST(Strings, UnknownEscapes) {
  Parsed parsed("flow f() { let x = \"C:\\dir\" }\n");
  EXPECT_EQ(parsed.errors(), "1:23 PF0107 unknown escape `\\d`\n");
  EXPECT_EQ(parsed.edited(), "flow f() { let x = \"C:\\\\dir\" }\n");
  EXPECT_EQ(expression("\"\\u{110000}\""), "2:10 PF0108 `\\u{110000}` is no Unicode code point\n");
  EXPECT_EQ(expression("\"\\u{d800}\""), "2:10 PF0108 `\\u{d800}` is no Unicode code point\n");
}

TEST(Strings, InterpolationsNest) {
  EXPECT_EQ(expression("\"a${f(\"b${c}\")}d\""),
            "template\n"
            "  text \"a\"\n"
            "  call\n"
            "    name f\n"
            "    arg\n"
            "      template\n"
            "        text \"b\"\n"
            "        name c\n"
            "  text \"d\"\n");
  EXPECT_EQ(expression("\"${if a { \"x\" } else { \"y\" }}\""),
            "template\n"
            "  if\n"
            "    name a\n"
            "    then\n"
            "      block\n"
            "        string \"x\"\n"
            "    else\n"
            "      block\n"
            "        string \"y\"\n");
}

TEST(Strings, Raw) {
  EXPECT_EQ(expression(R"(r"a\d${x}")"), "string \"a\\\\d\\${x}\"\n");
  EXPECT_EQ(expression("r\"\"\"\n  a\\n\n    \"b\"\n  \"\"\""),
            "string \"a\\\\n\\n  \\\"b\\\"\"\n");
}

TEST(Strings, BlocksLoseTheirLayout) {
  EXPECT_EQ(expression("\"\"\"\n    a\n\n      b ${c}\n    ${d}\\n\n    \"\"\""),
            "template\n"
            "  text \"a\\n\\n  b \"\n"
            "  name c\n"
            "  text \"\\n\"\n"
            "  name d\n"
            "  text \"\\n\"\n");
  EXPECT_EQ(expression("\"\"\"\r\n  a\r\n  b\r\n  \"\"\""), "string \"a\\nb\"\n");
  EXPECT_EQ(expression("\"\"\"\n\"\"\""), "string \"\"\n");
  EXPECT_EQ(expression("\"\"\"\n  ${\n a }\n  \"\"\""), "template\n  name a\n");
}

TEST(Strings, BlockLayoutMistakes) {
  EXPECT_EQ(expression("\"\"\"a\n  \"\"\""),
            "2:12 PF0112 the opening `\"\"\"` has text after it\n");
  EXPECT_EQ(expression("\"\"\"\n  a\"\"\""),
            "3:4 PF0112 the closing `\"\"\"` has text before it\n");
  EXPECT_EQ(expression("\"\"\"\n  a\n b\n  \"\"\""),
            "4:1 PF0112 the line is not indented like the closing `\"\"\"`\n");
  EXPECT_EQ(expression("\"\"\"\n${a}\n  \"\"\""),
            "3:1 PF0112 the line is not indented like the closing `\"\"\"`\n");
}

TEST(Strings, NoneOfSeveralLinesInsideOfOne) {
  EXPECT_EQ(expression("\"${\"\"\"\n  a\n  \"\"\"}\""),
            "2:12 PF0112 a string of several lines stands inside of one that ends on its line\n");
  EXPECT_EQ(expression("\"\"\"\n${r\"\"\"\na\n\"\"\"}\n\"\"\""), "template\n  string \"a\"\n");
}

TEST(Strings, EndOnTheirLine) {
  EXPECT_EQ(statement_errors("a(\"b\nlet x = 1\nlet = 2"),
            "2:3 PF0106 the string is not closed\n4:5 PF0119 expected a name, found `=`\n");
  EXPECT_EQ(statement_errors("a(\"b ${c\nlet = 2"),
            "2:6 PF0115 `${` is never closed\n3:5 PF0119 expected a name, found `=`\n");
  EXPECT_EQ(statement_errors("a(r\"b)\nb()"), "2:3 PF0106 the string is not closed\n");
  EXPECT_EQ(Parsed("a(\"\"\"\n").errors(), "1:3 PF0106 the string is not closed\n");
}

TEST(Strings, SingleQuotes) {
  Parsed parsed("a('b', 'say \"c\"')\n");
  EXPECT_EQ(parsed.edited(), "a(\"b\", \"say \\\"c\\\"\")\n");
}

}  // namespace
}  // namespace pflow
