#include <gtest/gtest.h>

#include "parsed.h"

namespace pflow {
namespace {

TEST(Forms, Each) {
  EXPECT_EQ(
      statements("xs >> each x with (parallel: 3, fallback: f(x)) {\n  g(x)\n} -> ys as work"),
      "chain\n"
      "  stage\n"
      "    name xs\n"
      "  stage as work\n"
      "    each x\n"
      "      chain\n"
      "        stage\n"
      "          call\n"
      "            name g\n"
      "            arg\n"
      "              name x\n"
      "    with parallel\n"
      "      int 3\n"
      "    with fallback\n"
      "      call\n"
      "        name f\n"
      "        arg\n"
      "          name x\n"
      "    -> ys\n");
}

TEST(Forms, Par) {
  EXPECT_EQ(statements("par with (timeout: 1s) { a() -> x; b = 1 }"),
            "chain\n"
            "  stage\n"
            "    par\n"
            "      chain\n"
            "        stage\n"
            "          call\n"
            "            name a\n"
            "          -> x\n"
            "      assign b\n"
            "        int 1\n"
            "    with timeout\n"
            "      duration 1000000000ns\n");
}

TEST(Forms, BothRepeats) {
  EXPECT_EQ(statements("repeat with (max: 5) {\n  a()\n}\nuntil b.ok"),
            "chain\n"
            "  stage\n"
            "    repeat\n"
            "      chain\n"
            "        stage\n"
            "          call\n"
            "            name a\n"
            "    until\n"
            "      field ok\n"
            "        name b\n"
            "    with max\n"
            "      int 5\n");
  EXPECT_EQ(statements("repeat line in lines { a() } -> b"),
            "chain\n"
            "  stage\n"
            "    repeat line\n"
            "      in\n"
            "        name lines\n"
            "      body\n"
            "        chain\n"
            "          stage\n"
            "            call\n"
            "              name a\n"
            "    -> b\n");
}

TEST(Forms, IfAsAStageHoldsStatements) {
  EXPECT_EQ(statements("if a { b() >> c() } else if d { e = 1 } else { \"x\" } >> f()"),
            "chain\n"
            "  stage\n"
            "    if\n"
            "      name a\n"
            "      then\n"
            "        chain\n"
            "          stage\n"
            "            call\n"
            "              name b\n"
            "          stage\n"
            "            call\n"
            "              name c\n"
            "    if\n"
            "      name d\n"
            "      then\n"
            "        assign e\n"
            "          int 1\n"
            "    else\n"
            "      chain\n"
            "        stage\n"
            "          string \"x\"\n"
            "  stage\n"
            "    call\n"
            "      name f\n");
}

TEST(Forms, AsPartOfAnExpressionIfIsOne) {
  EXPECT_EQ(statements("if a { \"b\" } else { \"c\" }.upper()").substr(0, 36),
            "chain\n  stage\n    call\n      field u");
}

TEST(Forms, OnError) {
  EXPECT_EQ(statements("on error { a(error.message) }\non = error"),
            "on error\n"
            "  chain\n"
            "    stage\n"
            "      call\n"
            "        name a\n"
            "        arg\n"
            "          field message\n"
            "            name error\n"
            "assign on\n"
            "  name error\n");
  EXPECT_EQ(statement_errors("on error a()"), "2:10 PF0119 expected `{`, found `a`\n");
}

TEST(Forms, PoliciesStandBeforeTheBody) {
  Parsed parsed(
      "flow f() {\n  xs >> each x { a() } with (max: 1) -> y\n  par { a() } with (max: 1)\n"
      "  repeat { a() } until b with (max: 1)\n}\n");
  EXPECT_EQ(parsed.errors(),
            "2:24 PF0151 the policies of `each` stand after its body\n"
            "3:15 PF0151 the policies of `par` stand after its body\n"
            "4:26 PF0151 the policies of `repeat` stand after its body\n");
  EXPECT_EQ(parsed.edited(),
            "flow f() {\n  xs >> each x with (max: 1) { a() } -> y\n  par with (max: 1) { a() }\n"
            "  repeat with (max: 1) { a() } until b\n}\n");
}

TEST(Forms, BranchesTakePoliciesInBracesOnly) {
  Parsed parsed(
      "flow f() {\n  if a { b() } with (max: 1)\n  match a { _ => b() } with (max: 1)\n}\n");
  EXPECT_EQ(parsed.errors(),
            "2:16 PF0152 `if` takes no `with`\n"
            "3:24 PF0152 `match` takes no `with`\n");
  EXPECT_EQ(statement_errors("if a { 1 } else { 2 } -> x as y"), "");
}

TEST(Forms, EachTakesItsListFromTheChain) {
  Parsed parsed("flow f() {\n  each x in xs { a(x) }\n  xs >> each x in ys { a(x) }\n}\n");
  EXPECT_EQ(parsed.errors(),
            "2:10 PF0153 expected `{` after the item of `each`, found `in`\n"
            "3:16 PF0153 expected `{` after the item of `each`, found `in`\n");
  EXPECT_EQ(parsed.edited(), "flow f() {\n  xs >> each x { a(x) }\n  xs >> each x { a(x) }\n}\n");
}

TEST(Forms, AreNoValues) {
  EXPECT_EQ(statement_errors("let x = par { a() }\nf(repeat { a() })\nlet y = 1 + each z { z }"),
            "2:9 PF0150 expected a value, found the stage `par`\n"
            "3:3 PF0150 expected a value, found the stage `repeat`\n"
            "4:13 PF0150 expected a value, found the stage `each`\n");
  EXPECT_EQ(statement_errors("let x = xs >> each z { z }"),
            "2:9 PF0128 expected a value, found a chain\n");
  EXPECT_EQ(statement_errors("f(each: 1, par: 2)"), "");
}

TEST(Forms, HalfWritten) {
  EXPECT_EQ(statement_errors("xs >> each { a() }"), "2:12 PF0119 expected a name, found `{`\n");
  EXPECT_EQ(statement_errors("repeat x { a() }"), "2:10 PF0119 expected `in`, found `{`\n");
  EXPECT_EQ(statement_errors("par a()"), "2:5 PF0119 expected `{`, found `a`\n");
  EXPECT_EQ(statement_errors("xs >> each x\n{ a() }"),
            "3:1 PF0121 expected `{` on this line, found it on the next\n");
  EXPECT_EQ(Parsed("flow f() { if a { b() } elif c { d() } }\n").edited(),
            "flow f() { if a { b() } else if c { d() } }\n");
}

}  // namespace
}  // namespace pflow
