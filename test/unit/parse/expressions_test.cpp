#include <gtest/gtest.h>

#include "parsed.h"

namespace pflow {
namespace {

TEST(Expressions, PrecedenceFromLooseToTight) {
  EXPECT_EQ(expression("not a or b and c == d ?? e + f * -g.h"),
            "binary or\n"
            "  unary not\n"
            "    name a\n"
            "  binary and\n"
            "    name b\n"
            "    binary ==\n"
            "      name c\n"
            "      binary ??\n"
            "        name d\n"
            "        binary +\n"
            "          name e\n"
            "          binary *\n"
            "            name f\n"
            "            unary -\n"
            "              field h\n"
            "                name g\n");
}

TEST(Expressions, OperatorsGroupToTheLeft) {
  EXPECT_EQ(expression("a - b - c"), "binary -\n  binary -\n    name a\n    name b\n  name c\n");
  EXPECT_EQ(expression("a ?? b ?? c"),
            "binary ??\n  binary ??\n    name a\n    name b\n  name c\n");
}

TEST(Expressions, BracketsGroup) {
  EXPECT_EQ(expression("(a + b) * c"), "binary *\n  binary +\n    name a\n    name b\n  name c\n");
}

TEST(Expressions, ComparisonsDoNotChain) {
  Parsed parsed("flow f() { let x = a < b < c }\n");
  EXPECT_EQ(parsed.errors(), "1:26 PF0124 comparisons do not chain\n");
  EXPECT_EQ(parsed.edited(), "flow f() { let x = a < b and b < c }\n");
  EXPECT_EQ(statement_errors("let x = (a < b) == c"), "");
}

TEST(Expressions, Access) {
  EXPECT_EQ(expression("a.b?.c[0]?[i][1:][:2][:]"),
            "slice\n"
            "  slice\n"
            "    slice\n"
            "      index?\n"
            "        index\n"
            "          field? c\n"
            "            field b\n"
            "              name a\n"
            "          int 0\n"
            "        name i\n"
            "      from\n"
            "        int 1\n"
            "    to\n"
            "      int 2\n");
  EXPECT_EQ(expression("a.end"), "field end\n  name a\n");
}

TEST(Expressions, Calls) {
  EXPECT_EQ(expression("x.f(1, in: 2, schema: Review, list: [Review],)"),
            "call\n"
            "  field f\n"
            "    name x\n"
            "  arg\n"
            "    int 1\n"
            "  arg in\n"
            "    int 2\n"
            "  arg schema type Review\n"
            "  arg list type [Review]\n");
  EXPECT_EQ(statement_errors("f(a: 1, 2)"),
            "2:9 PF0137 a positional argument stands after a named one\n");
}

TEST(Expressions, TypesAsArguments) {
  EXPECT_EQ(expression("f(map<str>, [str?], \"a\" | \"b\", Pair<A, n.B>, n.C, [[D]], (E)?, s: T?)"),
            "call\n"
            "  name f\n"
            "  arg type map<str>\n"
            "  arg type [str?]\n"
            "  arg type \"a\" | \"b\"\n"
            "  arg type Pair<A, n.B>\n"
            "  arg type n.C\n"
            "  arg type [[D]]\n"
            "  arg type E?\n"
            "  arg s type T?\n");
  EXPECT_EQ(expression("f(str, [str], a < b, c > d)"),
            "call\n"
            "  name f\n"
            "  arg\n"
            "    name str\n"
            "  arg\n"
            "    list\n"
            "      name str\n"
            "  arg\n"
            "    binary <\n"
            "      name a\n"
            "      name b\n"
            "  arg\n"
            "    binary >\n"
            "      name c\n"
            "      name d\n");
}

TEST(Expressions, WhatImportsHave) {
  EXPECT_EQ(expression("n.f(n.T { a: 1 }.b)"),
            "call\n"
            "  field f\n"
            "    name n\n"
            "  arg\n"
            "    field b\n"
            "      record n.T\n"
            "        field a\n"
            "          int 1\n");
  EXPECT_EQ(statement_errors("let x = a.b.Items"),
            "2:13 PF0136 expected a value, found the type `Items`\n");
  EXPECT_EQ(statement_errors("let x = n.Items"),
            "2:11 PF0136 expected a value, found the type `Items`\n");
}

TEST(Expressions, Lambdas) {
  EXPECT_EQ(expression("f(x => x + 1, (a, b) => a, () => 1, (y) => y)"),
            "call\n"
            "  name f\n"
            "  arg\n"
            "    lambda x\n"
            "      binary +\n"
            "        name x\n"
            "        int 1\n"
            "  arg\n"
            "    lambda a b\n"
            "      name a\n"
            "  arg\n"
            "    lambda\n"
            "      int 1\n"
            "  arg\n"
            "    lambda y\n"
            "      name y\n");
  EXPECT_EQ(expression("x => a(b)"), "lambda x\n  call\n    name a\n    arg\n      name b\n");
}

TEST(Expressions, ElseIfNestsInABlock) {
  EXPECT_EQ(expression("if a { 1 } else if b { let c = 2; c } else { 3 }"),
            "if\n"
            "  name a\n"
            "  then\n"
            "    block\n"
            "      int 1\n"
            "  else\n"
            "    block\n"
            "      if\n"
            "        name b\n"
            "        then\n"
            "          block\n"
            "            let c\n"
            "              int 2\n"
            "            name c\n"
            "        else\n"
            "          block\n"
            "            int 3\n");
}

TEST(Expressions, BlocksHoldLetsAndOneValue) {
  EXPECT_EQ(statement_errors("let x = { let y = 1 }"), "2:21 PF0135 the block has no value\n");
  EXPECT_EQ(statement_errors("let x = { a; b }"),
            "2:14 PF0134 expected `let`s and one value in this block, found another value\n");
  EXPECT_EQ(statement_errors("let x = if a { b() >> c() } else { d }"),
            "2:16 PF0134 expected `let`s and one value in this block, found a chain\n");
}

TEST(Expressions, Records) {
  EXPECT_EQ(expression("Entry { ...e, summary: s, in: 1, }"),
            "record Entry\n"
            "  spread\n"
            "    name e\n"
            "  field summary\n"
            "    name s\n"
            "  field in\n"
            "    int 1\n");
  EXPECT_EQ(expression("{ ...e, a: 1 }"), "record\n  spread\n    name e\n  field a\n    int 1\n");
  EXPECT_EQ(expression("E {}"), "record E\n");
}

TEST(Expressions, RecordMistakes) {
  EXPECT_EQ(statement_errors("let x = E { a: 1, ...e }"),
            "2:19 PF0145 `...` stands first in a record, and once\n");
  EXPECT_EQ(statement_errors("let x = Entry"),
            "2:9 PF0136 expected a value, found the type `Entry`\n");
}

TEST(Expressions, ForeignOperators) {
  Parsed parsed("flow f() { let x = a && b || !c }\n");
  EXPECT_EQ(parsed.edited(), "flow f() { let x = a and b or not c }\n");
  EXPECT_EQ(Parsed("flow f() {\n  a() // note\n}\n").edited(), "flow f() {\n  a() # note\n}\n");
}

TEST(Expressions, IdsAreDenseAndGoOn) {
  Parsed parsed("flow f() { let x = a + b.c(1) }\n");
  EXPECT_EQ(parsed.file->expr_count, 6u);
  EXPECT_EQ(parsed.ids.next_expr, 6u);
  FileId second = parsed.sources.add("second.pf", "a() >> b()\n");
  auto file = parse_file(second, FileRole::Program, parsed.sources, parsed.names,
                         parsed.diagnostics, parsed.ids);
  const auto& chain =
      ast::as<ast::ChainStatement>(*ast::as<ast::FlowDecl>(*file->decls[0]).body->statements[0])
          .chain;
  EXPECT_EQ(file->expr_count, 10u);
  EXPECT_EQ(chain.stages[0]->id.index, 0u);
  EXPECT_EQ(chain.stages[1]->id.index, 1u);
  EXPECT_GE(chain.stages[0]->expr->id.index, 6u);
}

}  // namespace
}  // namespace pflow
