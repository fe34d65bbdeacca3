#include <gtest/gtest.h>

#include "parsed.h"

namespace pflow {
namespace {

TEST(Transitions, ANameAndAStringAtTheStartOfAStatement) {
  EXPECT_EQ(statements("gate - \"a\" >> b()"),
            "transition gate - \"a\"\n"
            "  chain\n"
            "    stage\n"
            "      call\n"
            "        name b\n");
  EXPECT_EQ(statements("gate - _ >> end"),
            "transition gate - _\n"
            "  chain\n"
            "    stage end\n");
}

TEST(Transitions, ElsewhereAMinusSubtracts) {
  EXPECT_EQ(expression("a - b"), "binary -\n  name a\n  name b\n");
  EXPECT_EQ(statements("a - b >> c()"),
            "chain\n"
            "  stage\n"
            "    binary -\n"
            "      name a\n"
            "      name b\n"
            "  stage\n"
            "    call\n"
            "      name c\n");
}

TEST(Transitions, StandInBlocksAndAfterSemicolons) {
  EXPECT_EQ(statement_errors("a(); gate - \"x\" >> { b - \"y\" >> c() }"), "");
}

TEST(Transitions, MayHaveTheActionOnTheNextLine) {
  EXPECT_EQ(statement_errors("gate -\n\"x\" >> c()\ngate -\n\n_ >> c()"), "");
  EXPECT_EQ(Parsed("flow f() {\n  a -\n\"x\" >> c()\n}\n").tree(),
            Parsed("flow f() {\n  a - \"x\" >> c()\n}\n").tree());
}

TEST(Transitions, NeedAChain) {
  Parsed parsed("flow main() {\n  a() as gate\n  gate - \"x\"\n}\n");
  EXPECT_EQ(parsed.errors(), "3:10 PF0131 expected `>>` after the action\n");
  EXPECT_EQ(parsed.edited(), "flow main() {\n  a() as gate\n  gate - \"x\" >> end\n}\n");
}

TEST(Transitions, AnActionIsQuoted) {
  Parsed parsed("flow main() {\n  choose(x) as gate\n  gate - approve >> end\n}\n");
  EXPECT_EQ(parsed.errors(), "3:10 PF0130 expected an action in quotes, found `approve`\n");
  EXPECT_EQ(parsed.edited(),
            "flow main() {\n  choose(x) as gate\n  gate - \"approve\" >> end\n}\n");
}

TEST(Transitions, AnActionIsPlainText) {
  EXPECT_EQ(statement_errors("gate - \"a${b}\" >> end"),
            "2:10 PF0140 expected a plain string, found an interpolation\n");
}

}  // namespace
}  // namespace pflow
