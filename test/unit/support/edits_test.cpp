#include "support/edits.h"

#include <gtest/gtest.h>

namespace pflow {
namespace {

class Edits : public testing::Test {
 protected:
  [[nodiscard]] Span span(uint32_t begin, uint32_t end) const { return {file_, begin, end}; }

  SourceMap sources_;
  FileId file_ = sources_.add("a.pf", "ab\n\u00e9\u20ac\U0001F600x\n");
  Diagnostics diagnostics_;
};

TEST_F(Edits, PositionsCountUnitsOfUtf16) {
  auto at = [&](uint32_t offset) {
    EditorPosition place = editor_position(sources_, file_, offset);
    return std::pair(place.line, place.character);
  };
  EXPECT_EQ(at(0), std::pair(0U, 0U));
  EXPECT_EQ(at(2), std::pair(0U, 2U));
  EXPECT_EQ(at(3), std::pair(1U, 0U));
  EXPECT_EQ(at(5), std::pair(1U, 1U));   // behind two bytes
  EXPECT_EQ(at(8), std::pair(1U, 2U));   // behind three
  EXPECT_EQ(at(12), std::pair(1U, 4U));  // behind four, which are two units
  EXPECT_EQ(at(13), std::pair(1U, 5U));
  EXPECT_EQ(at(14), std::pair(2U, 0U));
  EXPECT_EQ(at(99), std::pair(2U, 0U));
}

TEST_F(Edits, OnlyCertainOnesAreChosen) {
  diagnostics_.report(diag::not_utf8, span(0, 1), 1).help("a guess", {span(0, 1), "x"});
  diagnostics_.report(diag::not_utf8, span(1, 2), 1).help("sure", {span(1, 2), "y"}).certain();
  EXPECT_EQ(apply_edits("ab", certain_edits(diagnostics_, file_)), "ay");
}

TEST_F(Edits, OfThoseThatOverlapTheFirstStays) {
  diagnostics_.report(diag::not_utf8, span(0, 1), 1)
      .edits("both", {{span(1, 2), "1"}, {span(4, 5), "2"}})
      .certain();
  diagnostics_.report(diag::not_utf8, span(1, 2), 1)
      .edits("overlaps in one of two", {{span(0, 1), "3"}, {span(4, 5), "4"}})
      .certain();
  diagnostics_.report(diag::not_utf8, span(2, 3), 1).help("beside", {span(2, 4), "5"}).certain();
  diagnostics_.report(diag::not_utf8, span(3, 4), 1).help("within", {span(3, 3), "6"}).certain();
  EXPECT_EQ(apply_edits("abcdef", certain_edits(diagnostics_, file_)), "a152f");
}

TEST_F(Edits, OfAnotherFileAreLeftOut) {
  FileId other = sources_.add("b.pf", "ab");
  diagnostics_.report(diag::not_utf8, span(0, 1), 1)
      .edits("both files", {{span(0, 1), "1"}, {{other, 0, 1}, "2"}})
      .certain();
  EXPECT_TRUE(certain_edits(diagnostics_, file_).empty());
  EXPECT_TRUE(certain_edits(diagnostics_, other).empty());
}

TEST_F(Edits, InsertAndTakeOut) {
  EXPECT_EQ(apply_edits("abc", {{span(3, 3), "!"}, {span(0, 0), "("}, {span(1, 2), ""}}), "(ac!");
  EXPECT_EQ(apply_edits("", {}), "");
}

}  // namespace
}  // namespace pflow
