#include <gtest/gtest.h>

#include "parsed.h"

namespace pflow {
namespace {

TEST(Stages, ABareChainIsAFlowNamedMain) {
  Parsed parsed("## About it.\nread() >> write()\n");
  EXPECT_EQ(parsed.errors(), "");
  EXPECT_EQ(parsed.tree(),
            "file\n"
            "  flow main bare\n"
            "    doc \"About it.\"\n"
            "    chain\n"
            "      stage\n"
            "        call\n"
            "          name read\n"
            "      stage\n"
            "        call\n"
            "          name write\n");
}

TEST(Stages, Suffixes) {
  EXPECT_EQ(statements("a() with (max: 5, wait: 1s) -> { out: x, rest: y } as label"),
            "chain\n"
            "  stage as label\n"
            "    call\n"
            "      name a\n"
            "    with max\n"
            "      int 5\n"
            "    with wait\n"
            "      duration 1000000000ns\n"
            "    -> out: x\n"
            "    -> rest: y\n");
}

TEST(Stages, SuffixesStandInOrderAndOnce) {
  Parsed parsed("a() as x -> y with (max: 1)\n");
  EXPECT_EQ(parsed.errors(), "1:10 PF0126 `->` stands after `as`\n");
  EXPECT_EQ(parsed.edited(), "a() with (max: 1) -> y as x\n");
  EXPECT_EQ(Parsed("a() -> x -> y\n").errors(), "1:10 PF0127 the stage has two `->`\n");
}

TEST(Stages, BlocksAndEnd) {
  EXPECT_EQ(statements("{ a(); b = 1 } >> end"),
            "chain\n"
            "  stage\n"
            "    block\n"
            "      chain\n"
            "        stage\n"
            "          call\n"
            "            name a\n"
            "      assign b\n"
            "        int 1\n"
            "  stage end\n");
}

TEST(Stages, EmptyBracesAreTheEmptyMap) {
  EXPECT_EQ(statements("{} -> m"), "chain\n  stage\n    map\n    -> m\n");
}

TEST(Stages, ChainOperatorIsWrittenWithoutABlank) {
  Parsed parsed("a() > > b()\n");
  EXPECT_EQ(parsed.errors(), "1:5 PF0132 expected `>>`, found `> >`\n");
  EXPECT_EQ(parsed.edited(), "a() >> b()\n");
}

TEST(Stages, ReturnAndLet) {
  EXPECT_EQ(statements("let x: [int]? = none\nreturn x"),
            "let x: [int]?\n"
            "  none\n"
            "return\n"
            "  name x\n");
  EXPECT_EQ(Parsed("flow f() {\n  return\n}\n").edited(), "flow f() {\n  end\n}\n");
}

TEST(Stages, AChainIsNoValue) {
  Parsed parsed("flow f() {\n  let x = a() >> b()\n  y = a() >> b()\n  let z = a() -> w\n}\n");
  EXPECT_EQ(parsed.errors(),
            "2:11 PF0128 expected a value, found a chain\n"
            "3:7 PF0128 expected a value, found a chain\n"
            "4:11 PF0128 expected a value, found a chain\n");
  EXPECT_EQ(parsed.edited(), "flow f() {\n  a() >> b() -> x\n  a() >> b() -> y\n  a() -> w\n}\n");
}

TEST(Stages, OnlyKeysAreAssigned) {
  Parsed parsed("flow f() {\n  a.b = 1\n  c += 2\n  e[0] = 1\n  d++\n}\n");
  EXPECT_EQ(parsed.errors(),
            "2:3 PF0123 only a key can be assigned\n"
            "3:5 PF0113 `+=` is not an operator of this language\n"
            "4:3 PF0123 only a key can be assigned\n"
            "5:4 PF0113 `++` is not an operator of this language\n");
  EXPECT_EQ(parsed.edited(),
            "flow f() {\n  a = { ...a, b: 1 }\n  c = c + 2\n  e[0] = 1\n  d = d + 1\n}\n");
}

TEST(Stages, ReservedWordsNameNothing) {
  Parsed parsed("flow end(in: str, if: int) {\n  a() -> let as with\n}\n");
  EXPECT_EQ(parsed.errors(),
            "1:6 PF0133 the reserved word `end` names no flow\n"
            "1:10 PF0133 the reserved word `in` names no parameter\n"
            "1:19 PF0133 the reserved word `if` names no parameter\n"
            "2:10 PF0133 the reserved word `let` names no key\n"
            "2:17 PF0133 the reserved word `with` names no label\n");
}

}  // namespace
}  // namespace pflow
