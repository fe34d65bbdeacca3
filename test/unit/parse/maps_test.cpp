#include <gtest/gtest.h>

#include "parsed.h"

namespace pflow {
namespace {

TEST(Maps, Entries) {
  EXPECT_EQ(expression("{\n  \"a\": 1,\n  \"b${x}\": { \"c\": 2 },\n}"),
            "map\n"
            "  entry\n"
            "    string \"a\"\n"
            "    int 1\n"
            "  entry\n"
            "    template\n"
            "      text \"b\"\n"
            "      name x\n"
            "    map\n"
            "      entry\n"
            "        string \"c\"\n"
            "        int 2\n");
  EXPECT_EQ(expression("f({}, x => {})"),
            "call\n"
            "  name f\n"
            "  arg\n"
            "    map\n"
            "  arg\n"
            "    lambda x\n"
            "      map\n");
}

TEST(Maps, CopiesAreOfMapsOrRecordsByTheirKeys) {
  EXPECT_EQ(expression("{ ...m, \"a\": 1 }"),
            "map\n  spread\n    name m\n  entry\n    string \"a\"\n    int 1\n");
  EXPECT_EQ(expression("{ ...m, a: 1 }"), "record\n  spread\n    name m\n  field a\n    int 1\n");
  EXPECT_EQ(expression("{ ...m }"), "record\n  spread\n    name m\n");
}

TEST(Maps, AsABodyTheyAreItsValue) {
  EXPECT_EQ(Parsed("flow f() { \"a\": 1 }\n").tree(),
            "file\n"
            "  flow f\n"
            "    chain\n"
            "      stage\n"
            "        map\n"
            "          entry\n"
            "            string \"a\"\n"
            "            int 1\n");
  EXPECT_EQ(Parsed("node f(e: E) -> E { ...e, a: 1 }\n").errors(), "");
  EXPECT_EQ(statements("xs >> each x { \"a\": x }"),
            "chain\n"
            "  stage\n"
            "    name xs\n"
            "  stage\n"
            "    each x\n"
            "      chain\n"
            "        stage\n"
            "          map\n"
            "            entry\n"
            "              string \"a\"\n"
            "              name x\n");
  EXPECT_EQ(expression("if a { \"a\": 1 } else { {} }"),
            "if\n"
            "  name a\n"
            "  then\n"
            "    map\n"
            "      entry\n"
            "        string \"a\"\n"
            "        int 1\n"
            "  else\n"
            "    block\n"
            "      map\n");
}

TEST(Maps, EmptyBracesAreABodyWhereOneIsRequired) {
  EXPECT_EQ(statements("if a {} else {}"),
            "chain\n  stage\n    if\n      name a\n      then\n    else\n");
  EXPECT_EQ(statement_errors("let x = if a {} else { 1 }"), "2:15 PF0135 the block has no value\n");
  EXPECT_EQ(Parsed("node f() -> map<str> {}\n").errors(), "1:23 PF0135 the block has no value\n");
}

TEST(Maps, EntriesStandAlone) {
  EXPECT_EQ(statement_errors("let x = {\n  \"a\": 1\n  \"b\": 2\n}"),
            "4:3 PF0156 entries stand beside other statements\n");
  EXPECT_EQ(statement_errors("a()\n\"b\": 2"),
            "3:1 PF0156 entries stand beside other statements\n");
  EXPECT_EQ(Parsed("node f() -> map<int> {\n  let a = 1\n  \"b\": a\n}\n").errors(),
            "3:3 PF0156 entries stand beside other statements\n");
}

TEST(Maps, NamesAndStringsDoNotMix) {
  Parsed map("flow f() {\n  let x = { \"a\": 1, b: 2 }\n}\n");
  EXPECT_EQ(map.errors(),
            "2:21 PF0157 expected a key in quotes as before, found the name of a field\n");
  EXPECT_EQ(map.edited(), "flow f() {\n  let x = { \"a\": 1, \"b\": 2 }\n}\n");
  Parsed copy("flow f() {\n  let x = { ...e, a: 1, \"b\": 2 }\n}\n");
  EXPECT_EQ(copy.errors(),
            "2:25 PF0157 expected the name of a field as before, found a key in quotes\n");
  EXPECT_EQ(copy.edited(), "flow f() {\n  let x = { ...e, a: 1, b: 2 }\n}\n");
}

TEST(Maps, ARecordWithoutItsTypeIsLeftToTheChecks) {
  EXPECT_EQ(expression("{ a: 1, b: 2 }"), "record\n  field a\n    int 1\n  field b\n    int 2\n");
  EXPECT_EQ(Parsed("flow f() {\n  let x = { \"a\" => 1 }\n}\n").edited(),
            "flow f() {\n  let x = { \"a\" : 1 }\n}\n");
}

}  // namespace
}  // namespace pflow
