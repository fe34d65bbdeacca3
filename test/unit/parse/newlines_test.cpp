#include <gtest/gtest.h>

#include "parsed.h"

namespace pflow {
namespace {

/// The statements of `text`, counted.
size_t count(std::string_view text) {
  Parsed parsed("flow main() {\n" + std::string(text) + "\n}\n");
  EXPECT_EQ(parsed.errors(), "") << text;
  return ast::as<ast::FlowDecl>(*parsed.file->decls[0]).body->statements.size();
}

TEST(Newlines, EndAStatementAtTopLevelAndInBraces) {
  EXPECT_EQ(count("a()\nb()"), 2u);
  EXPECT_EQ(count("a(); b()"), 2u);
  EXPECT_EQ(count("a()\n\n# note\n\nb();\n"), 2u);
}

TEST(Newlines, AreBlanksInRoundAndSquareBrackets) {
  EXPECT_EQ(count("a(\n1,\n2\n)\nb()"), 2u);
  EXPECT_EQ(count("let x = [\n1\n,\n2\n]"), 1u);
}

TEST(Newlines, CountInBracesInsideOfBrackets) {
  EXPECT_EQ(count("a(x => {\nlet y = 1\ny\n})"), 1u);
}

TEST(Newlines, AreBlanksAfterWhatMustGoOn) {
  for (const char* tail :
       {"+", "-", "*", "/", "%", "==", "!=", "<", "<=", ">=", ">", "??", "and", "or", "in"})
    EXPECT_EQ(count("let x = a " + std::string(tail) + "\nb"), 1u) << tail;
  EXPECT_EQ(count("let x =\nnot\na"), 1u);
  EXPECT_EQ(count("a() >>\nb() ->\nkey"), 1u);
  EXPECT_EQ(count("let x = a.\nb?.\nc"), 1u);
}

TEST(Newlines, AreBlanksBeforeWhatGoesOn) {
  for (const char* head :
       {"+", "*", "/", "%", "==", "!=", "<", "<=", ">=", ">", "??", "and", "or", "in"})
    EXPECT_EQ(count("let x = a\n  " + std::string(head) + " b"), 1u) << head;
  EXPECT_EQ(count("a()\n  >> b()\n  # note\n\n  >> c()"), 1u);
  EXPECT_EQ(count("a()\n  with (max: 1)\n  -> k\n  as label"), 1u);
  EXPECT_EQ(count("let x = a\n  .b\n  ?.c"), 1u);
  EXPECT_EQ(count("let x = if a { 1 }\nelse { 2 }"), 1u);
}

TEST(Newlines, DoNotJoinWhatBeginsWithABracket) {
  EXPECT_EQ(count("a\n(b)"), 2u);
  EXPECT_EQ(count("a\n[b]"), 2u);
}

TEST(Newlines, WordsAfterADotAreNames) {
  EXPECT_EQ(count("let x = a.in\nb()"), 2u);
  EXPECT_EQ(count("let x = a.and\nb()"), 2u);
}

TEST(Newlines, WordsBeforeAColonAreNames) {
  Parsed parsed("schema S {\n  a: str\n  in: str\n  as: str\n  with: int\n}\n");
  EXPECT_EQ(parsed.errors(), "");
  EXPECT_EQ(ast::as<ast::SchemaDecl>(*parsed.file->decls[0]).fields.size(), 4u);
}

TEST(Newlines, AMinusBeginsNoLine) {
  EXPECT_EQ(statement_errors("a\n-b"), "3:1 PF0118 the line begins with `-`\n");
  EXPECT_EQ(statement_errors("gate\n- \"x\" >> end"), "3:1 PF0118 the line begins with `-`\n");
  EXPECT_EQ(count("let x = {\n-1\n}"), 1u);
}

TEST(Newlines, CarriageReturnsBelongToLineEnds) {
  EXPECT_EQ(count("a()\r\nb()\r"), 2u);
  EXPECT_EQ(Parsed("a() >>\r\n  b()\r\n").errors(), "");
}

TEST(Newlines, AnUnclosedBracketEndsBeforeTheNextStatement) {
  EXPECT_EQ(statement_errors("a(b, c\nlet x = 1\nlet = 2"),
            "2:2 PF0115 `(` is never closed\n4:5 PF0119 expected a name, found `=`\n");
  EXPECT_EQ(statement_errors("a((b)\nreturn 1"), "2:2 PF0115 `(` is never closed\n");
}

TEST(Newlines, AnUnclosedBraceEndsBeforeTheNextItem) {
  Parsed parsed("flow a() {\n  if x {\n\nflow b() { c() }\nschema S { a: str }\n");
  EXPECT_EQ(parsed.errors(), "2:8 PF0115 `{` is never closed\n");
  EXPECT_EQ(parsed.file->decls.size(), 3u);
}

}  // namespace
}  // namespace pflow
