#include <gtest/gtest.h>

#include "parsed.h"

namespace pflow {
namespace {

TEST(Mistakes, ABraceOnTheNextLine) {
  for (const char* head : {"flow f()", "node f() -> int", "schema F"}) {
    Parsed parsed(std::string(head) + "\n{\n}\n");
    EXPECT_EQ(parsed.errors(), "2:1 PF0121 expected `{` on this line, found it on the next\n")
        << head;
    EXPECT_EQ(parsed.edited(), std::string(head) + " {\n}\n");
  }
  EXPECT_EQ(statement_errors("let x = if a\n{ 1 }"),
            "3:1 PF0121 expected `{` on this line, found it on the next\n");
}

TEST(Mistakes, OneReportAStatement) {
  EXPECT_EQ(statement_errors("a(b c d e)\nlet = 1 = 2\nf()\n) ] }"),
            "5:1 PF0116 `)` closes nothing\n"
            "5:3 PF0116 `]` closes nothing\n"
            "6:1 PF0116 `}` closes nothing\n"
            "2:5 PF0119 expected `,` or `)`, found `c`\n"
            "3:5 PF0119 expected a name, found `=`\n");
}

TEST(Mistakes, TheOtherStatementsStay) {
  Parsed parsed("flow f() {\n  a()\n  b( ]\n  c(d e)\n  g()\n}\nflow h() {}\n");
  EXPECT_EQ(parsed.file->decls.size(), 2u);
  EXPECT_EQ(ast::as<ast::FlowDecl>(*parsed.file->decls[0]).body->statements.size(), 3u);
}

TEST(Mistakes, WhatIsExpected) {
  EXPECT_EQ(statement_errors("let x 1"), "2:7 PF0119 expected `=`, found `1`\n");
  EXPECT_EQ(statement_errors("let x = )"), "2:9 PF0116 `)` closes nothing\n");
  EXPECT_EQ(statement_errors("a() b()"), "2:5 PF0119 expected the end of the line, found `b`\n");
  EXPECT_EQ(statement_errors("a(b, , c)"), "2:6 PF0119 expected another entry, found `,`\n");
  EXPECT_EQ(statement_errors("a() as \"x\""), "2:8 PF0119 expected a name, found a string\n");
  EXPECT_EQ(statement_errors("let x: = 1"), "2:8 PF0119 expected a type, found `=`\n");
  EXPECT_EQ(statement_errors("\"${}\""), "2:4 PF0119 expected a value, found `}`\n");
  EXPECT_EQ(Parsed("flow f(a) {}\n").errors(), "1:9 PF0119 expected `:` and a type, found `)`\n");
  EXPECT_EQ(Parsed("flow f {}\n").errors(), "1:8 PF0119 expected `(`, found `{`\n");
  EXPECT_EQ(Parsed("flow f(").errors(), "1:7 PF0115 `(` is never closed\n");
}

TEST(Mistakes, EditsForSmallOnes) {
  EXPECT_EQ(Parsed("f([1 2])\n").edited(), "f([1, 2])\n");
  EXPECT_EQ(Parsed("fow main() {}\n").edited(), "flow main() {}\n");
  EXPECT_EQ(Parsed("f(if a = b { 1 })\n").edited(), "f(if a == b { 1 })\n");
  EXPECT_EQ(Parsed("f([1, 2)\n").edited(), "f([1, 2])\n");
  EXPECT_EQ(Parsed("f(1]\n").edited(), "f(1)\n");
}

TEST(Mistakes, WordsOfOtherLanguages) {
  EXPECT_EQ(statement_errors("for x in y { z() }\nwhile a { b() }\nvar c = 1"),
            "2:1 PF0122 `for` is not a word of this language\n"
            "3:1 PF0122 `while` is not a word of this language\n"
            "4:1 PF0122 `var` is not a word of this language\n");
  EXPECT_EQ(statement_errors("var(1)\nfor = 2"), "");
}

TEST(Mistakes, CassettesOutsideOfTests) {
  EXPECT_EQ(statement_errors("cassette \"a.yaml\" { a() }\nb()"),
            "2:1 PF0144 a cassette does not stand in a flow\n");
  EXPECT_EQ(statement_errors("cassette(1)\nlet x = cassette"), "");
}

TEST(Mistakes, AnOpenInterpolationIsOneReport) {
  for (const char* line :
       {"a(\"b ${x c\")", "a(\"b ${x)", "a(\"b ${f(x) c\", d)", "let a = \"${\""}) {
    std::string errors = statement_errors(std::string(line) + "\nlet = 1");
    EXPECT_NE(errors.find(" PF0115 `${` is never closed\n3:5 PF0119 expected a name, found `=`\n"),
              std::string::npos)
        << errors;
    EXPECT_EQ(errors.find("PF0115"), errors.rfind("PF01", errors.rfind("PF01") - 1)) << errors;
  }
  EXPECT_EQ(statement_errors("a(\"\"\"\n b ${x c\n\"\"\")\nd(\"e\")"),
            "3:4 PF0115 `${` is never closed\n");
  EXPECT_EQ(Parsed("a(\"b ${x\")\n").edited(), "a(\"b ${x}\")\n");
  EXPECT_EQ(statement_errors("a(\"${b)}\")"), "2:7 PF0116 `)` closes nothing\n");
}

TEST(Mistakes, Characters) {
  EXPECT_EQ(statement_errors("a(@@@)"), "2:3 PF0105 unexpected character `@`\n");
  EXPECT_EQ(statement_errors("let naïve = 1"),
            "2:5 PF0111 the name `naïve` holds characters outside ASCII\n");
  EXPECT_EQ(statement_errors("let x = →"), "2:9 PF0105 unexpected character `→`\n");
  EXPECT_EQ(Parsed("a(“b”)\n").errors(), "1:3 PF0105 unexpected character `“`\n");
  EXPECT_EQ(statement_errors("a(\x01)"), "2:3 PF0105 unexpected character U+0001\n");
}

}  // namespace
}  // namespace pflow
