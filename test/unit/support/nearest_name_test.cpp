#include <gtest/gtest.h>

#include "support/diagnostics.h"

namespace pflow {
namespace {

TEST(NearestName, PrefersEqualButForCase) {
  EXPECT_EQ(nearest_name("Draft", {"drafts", "draft"}), "draft");
}

TEST(NearestName, TakesEditsAndSwapsOfNeighbours) {
  EXPECT_EQ(nearest_name("raed_file", {"write_file", "read_file"}), "read_file");
  EXPECT_EQ(nearest_name("pritn", {"print"}), "print");
  EXPECT_EQ(nearest_name("sumary", {"summary"}), "summary");
}

TEST(NearestName, TakesTheNearest) {
  EXPECT_EQ(nearest_name("review", {"revise", "reviews"}), "reviews");
}

TEST(NearestName, StopsAtAThirdOfTheLength) {
  EXPECT_EQ(nearest_name("abcdef", {"abxyef"}), "abxyef");
  EXPECT_EQ(nearest_name("abcdef", {"axyzef"}), "");
}

TEST(NearestName, IsSilentForShortNames) {
  EXPECT_EQ(nearest_name("ab", {"ac", "AB"}), "");
  EXPECT_EQ(nearest_name("abc", {"abd"}), "abd");
}

TEST(NearestName, NeverOffersTheNameItself) { EXPECT_EQ(nearest_name("draft", {"draft"}), ""); }

}  // namespace
}  // namespace pflow
