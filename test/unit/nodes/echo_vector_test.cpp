#include "stdlib-nodes/models/echo_vector.h"

#include <gtest/gtest.h>

#include <algorithm>

using pf_models::echo_vector;

namespace {

double product(const std::vector<double>& a, const std::vector<double>& b) {
  double sum = 0;
  for (size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

TEST(EchoVector, WordsCountNotTheirOrderOrCapitals) {
  EXPECT_EQ(echo_vector("The cat, the dog.", 64), echo_vector("DOG cat the THE", 64));
  EXPECT_NE(echo_vector("the cat", 64), echo_vector("the cat the", 64));
  EXPECT_EQ(echo_vector("größer", 64), echo_vector("(größer)", 64));
}

TEST(EchoVector, LengthOne) {
  for (const char* text : {"a", "a b c d a", "?", ""}) {
    std::vector<double> made = echo_vector(text, 16);
    EXPECT_EQ(made.size(), 16);
    EXPECT_NEAR(product(made, made), 1, 1e-12) << text;
  }
}

/// They are kept in files.
TEST(EchoVector, ItIsTheSameInAllVersions) {
  std::vector<double> made = echo_vector("a", 256);
  EXPECT_EQ(std::ranges::find(made, 1.0) - made.begin(), 0xc0);
  EXPECT_EQ(echo_vector("a", 1), std::vector<double>{1});
}

}  // namespace
