/// Texts that once broke a law of the layout, and their like.
#include <gtest/gtest.h>

#include "test/support/format_laws.h"

namespace pflow {
namespace {

TEST(FormatLaws, HoldForATransitionOverTwoLines) {
  EXPECT_EQ(broken_format_law(
                "flow f() {\n  f() as a\n  a -\n  \"b\" >> end\n  ;a - # c\n _\n >> end\n}\n"),
            "");
}

TEST(FormatLaws, HoldForFilesOfComments) {
  EXPECT_EQ(broken_format_law("# a\n\n## the doc\n\n\n"), "");
  EXPECT_EQ(broken_format_law("## the doc"), "");
  EXPECT_EQ(broken_format_law("## a  \n## b\t\n\n#c \n"), "");
}

TEST(FormatLaws, HoldForEntriesOutsideOfBraces) {
  EXPECT_EQ(broken_format_law("\"a\": 1, \"b\" : 2\n"), "");
  const std::string key(90, 'k');
  EXPECT_EQ(broken_format_law("\"" + key + "\": 1, \"b\" : 2\nflow f() {}\n"), "");
}

TEST(FormatLaws, HoldForCommentsBesideSeparators) {
  EXPECT_EQ(
      broken_format_law("flow f(a: str # a\n , ## b\n b: str) {\n  f() # c\n ; ## d\n g()\n}\n"),
      "");
  EXPECT_EQ(
      broken_format_law("node f(a: str) -> int = match a { \"b\" => 1 # a\n, ## b\n _ => 2, }\n"),
      "");
}

TEST(FormatLaws, HoldForStatementsThatBeginWithMinus) {
  EXPECT_EQ(broken_format_law("flow f() { f();\n -1 >> print() }\n"), "");
  EXPECT_EQ(broken_format_law("flow f(a: int) { match a { 1 => f(), -1 => g() ; } }\n"), "");
}

TEST(FormatLaws, HoldForSemicolonsAtTheStart) {
  EXPECT_EQ(broken_format_law("; ## a\n## b\n\nflow f() {}\n"), "");
  EXPECT_EQ(broken_format_law(";\n# a\n\n;## b\nflow f() {}\n"), "");
  EXPECT_EQ(broken_format_law("# a\n\n## b\n\n;\n"), "");
}

TEST(FormatLaws, HoldForSeparatorsOfArms) {
  EXPECT_EQ(broken_format_law("node f(a: int) -> int = match a { 1 => 2, , _ => 3 }\n"), "");
  EXPECT_EQ(broken_format_law("node f(a: int) -> int = match a { , _ => 3 }\n"), "");
  EXPECT_EQ(broken_format_law("node f(a: int) -> int = match a { _ => 3 ; }\n"), "");
}

TEST(FormatLaws, HoldForCommasWithoutAnEntry) {
  EXPECT_EQ(broken_format_law("node f() -> map<int> = { \"a\": 1, , \"b\": 2,, }\n"), "");
  EXPECT_EQ(broken_format_law("node f() -> map<int> = { \"a\": 1, # a\n, # b\n \"b\": 2,, }\n"),
            "");
}

TEST(FormatLaws, HoldForNamesThatAreWords) {
  EXPECT_EQ(broken_format_law("schema A { a: str; in\n# c\n\n: int; as: str }\n"), "");
  EXPECT_EQ(broken_format_law("extern node a() -> (out b: str) effects(fs\n.read)\n"), "");
}

}  // namespace
}  // namespace pflow
