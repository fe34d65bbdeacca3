#include <gtest/gtest.h>

#include "parsed.h"

namespace pflow {
namespace {

TEST(Match, PatternsOfAllKinds) {
  EXPECT_EQ(expression("match a {\n  \"b\" | r\"c\" => 1\n  -2 | 3 => 2, true | false => 3\n"
                       "  none => 4\n  S => 5\n  n.T t => t.u\n  _ => {}\n}"),
            "match\n"
            "  name a\n"
            "  case \"b\" | \"c\"\n"
            "    int 1\n"
            "  case -2 | 3\n"
            "    int 2\n"
            "  case true | false\n"
            "    int 3\n"
            "  case none\n"
            "    int 4\n"
            "  case S\n"
            "    int 5\n"
            "  case n.T t\n"
            "    field u\n"
            "      name t\n"
            "  case _\n"
            "    map\n");
}

TEST(Match, AsAStageArmsAreBodies) {
  EXPECT_EQ(
      statements("match a { 1 => b() -> c, 2 => { d(); e() }, 3 => end, 4 => {}, _ => \"f\" }"),
      "chain\n"
      "  stage\n"
      "    match\n"
      "      name a\n"
      "    case 1\n"
      "      chain\n"
      "        stage\n"
      "          call\n"
      "            name b\n"
      "          -> c\n"
      "    case 2\n"
      "      chain\n"
      "        stage\n"
      "          call\n"
      "            name d\n"
      "      chain\n"
      "        stage\n"
      "          call\n"
      "            name e\n"
      "    case 3\n"
      "      chain\n"
      "        stage end\n"
      "    case 4\n"
      "    case _\n"
      "      chain\n"
      "        stage\n"
      "          string \"f\"\n");
}

TEST(Match, AnArmWithoutBracesIsOneStage) {
  Parsed parsed("flow f() {\n  match a { 1 => b() >> c(), 2 => d = 1, _ => return 4 }\n}\n");
  EXPECT_EQ(parsed.errors(),
            "2:18 PF0154 expected one stage after `=>`, found a chain\n"
            "2:35 PF0154 expected one stage after `=>`, found an assignment\n"
            "2:47 PF0154 expected one stage after `=>`, found `return`\n");
  EXPECT_EQ(
      parsed.edited(),
      "flow f() {\n  match a { 1 => { b() >> c() }, 2 => { d = 1 }, _ => { return 4 } }\n}\n");
  EXPECT_EQ(statement_errors("let x = match a { 1 => b() -> c, _ => end }"),
            "2:24 PF0154 expected one value after `=>`, found a stage with suffixes\n"
            "2:39 PF0154 expected one value after `=>`, found `end`\n");
}

TEST(Match, Mistakes) {
  Parsed parsed("flow f() {\n  match a { b => 1; _ => 2 }\n}\n");
  EXPECT_EQ(parsed.errors(),
            "2:19 PF0119 expected `,` or a new line, found `;`\n2:13 PF0155 `b` is no pattern\n");
  EXPECT_EQ(parsed.edited(), "flow f() {\n  match a { \"b\" => 1, _ => 2 }\n}\n");
  EXPECT_EQ(statement_errors("match a { \"${b}\" => 1 }"),
            "2:12 PF0140 expected a plain string, found an interpolation\n");
  EXPECT_EQ(statement_errors("match a { 1.5 => 1 }"),
            "2:11 PF0119 expected a pattern, found `1.5`\n");
  EXPECT_EQ(statement_errors("match a\n{ _ => 1 }"),
            "3:1 PF0121 expected `{` on this line, found it on the next\n");
  EXPECT_EQ(Parsed("flow f() { match a { 1: b() } }\n").edited(),
            "flow f() { match a { 1 => b() } }\n");
  EXPECT_EQ(Parsed("flow f() { match a { case 1 => b() } }\n").edited(),
            "flow f() { match a { 1 => b() } }\n");
  EXPECT_EQ(statement_errors("match a { S s if s.b => 1 }"),
            "2:15 PF0119 expected `=>`, found `if`\n");
}

}  // namespace
}  // namespace pflow
