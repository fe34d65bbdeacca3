#include <gtest/gtest.h>

#include "frontend/sema/templates/sql_template.h"

namespace pflow::sema {
namespace {

SqlContext after(std::string_view text) {
  SqlScanner scanner;
  scanner.text(text);
  return scanner.context();
}

TEST(SqlScanner, QuotesOpenAndClose) {
  EXPECT_EQ(after("select a = "), SqlContext::Plain);
  EXPECT_EQ(after("select '"), SqlContext::Text);
  EXPECT_EQ(after("select 'it''s' = "), SqlContext::Plain);
  EXPECT_EQ(after("select 'it''s"), SqlContext::Text);
  EXPECT_EQ(after("select \"a"), SqlContext::Identifier);
  EXPECT_EQ(after("select [a"), SqlContext::Identifier);
  EXPECT_EQ(after("select [a] = "), SqlContext::Plain);
  EXPECT_EQ(after("select `a` "), SqlContext::Plain);
}

TEST(SqlScanner, CommentsEnd) {
  EXPECT_EQ(after("select 1 -- it's"), SqlContext::LineComment);
  EXPECT_EQ(after("select 1 -- it's\n, "), SqlContext::Plain);
  EXPECT_EQ(after("select /* ' "), SqlContext::BlockComment);
  EXPECT_EQ(after("select /*/ 1"), SqlContext::BlockComment);
  EXPECT_EQ(after("select /* ' */ "), SqlContext::Plain);
  EXPECT_EQ(after("select 3 - 2 / 1 "), SqlContext::Plain);
}

TEST(SqlScanner, PiecesGoOn) {
  SqlScanner scanner;
  scanner.text("select 'a");
  scanner.text("b' = ");
  EXPECT_EQ(scanner.context(), SqlContext::Plain);
}

}  // namespace
}  // namespace pflow::sema
