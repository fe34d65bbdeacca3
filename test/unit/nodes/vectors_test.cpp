#include "stdlib-nodes/index/vectors.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

using pf_index::cosine;
using pf_index::dot;
using pf_index::length;
using pf_index::vector_problem;

namespace {

float cosine_of(const std::vector<float>& a, const std::vector<float>& b) {
  return cosine(a.data(), length(a.data(), a.size()), b.data(), b.size());
}

/// The same in the plainest way, in doubles.
double plain_cosine(const std::vector<float>& a, const std::vector<float>& b) {
  double product = 0, left = 0, right = 0;
  for (size_t i = 0; i < a.size(); ++i) {
    product += double{a[i]} * double{b[i]};
    left += double{a[i]} * double{a[i]};
    right += double{b[i]} * double{b[i]};
  }
  return product / std::sqrt(left * right);
}

std::vector<float> some(size_t count, unsigned seed) {
  std::vector<float> made;
  for (size_t i = 0; i < count; ++i) {
    seed = seed * 1664525 + 1013904223;
    made.push_back(static_cast<float>(seed >> 8) / 8388608.0F - 1);
  }
  return made;
}

/// All sizes around the widths that are worked on at once.
TEST(Vectors, EverySizeIsTheSameAsThePlainWay) {
  for (size_t count = 1; count <= 40; ++count) {
    std::vector<float> a = some(count, 1), b = some(count, 2);
    EXPECT_NEAR(cosine_of(a, b), plain_cosine(a, b), 1e-6) << count;
    float product = 0;
    for (size_t i = 0; i < count; ++i) product += a[i] * b[i];
    EXPECT_NEAR(dot(a.data(), b.data(), count), product, 1e-5) << count;
  }
  std::vector<float> a = some(3072, 3), b = some(3072, 4);
  EXPECT_NEAR(cosine_of(a, b), plain_cosine(a, b), 1e-6);
}

TEST(Vectors, TheyMayLieAnywhere) {
  std::vector<float> a = some(33, 1), b = some(33, 2);
  for (size_t from = 1; from < 5; ++from) {
    std::vector<float> left(a.begin() + static_cast<ptrdiff_t>(from), a.end());
    std::vector<float> right(b.begin() + static_cast<ptrdiff_t>(from), b.end());
    EXPECT_EQ(dot(a.data() + from, b.data() + from, 33 - from),
              dot(left.data(), right.data(), 33 - from));
  }
}

TEST(Vectors, TheEndsOfTheScale) {
  for (size_t count : {1, 2, 7, 8, 768}) {
    std::vector<float> a = some(count, 5), opposite = a, longer = a;
    for (float& each : opposite) each *= -3;
    for (float& each : longer) each *= 7;
    EXPECT_FLOAT_EQ(cosine_of(a, longer), 1);
    EXPECT_FLOAT_EQ(cosine_of(a, opposite), -1);
    EXPECT_LE(cosine_of(a, longer), 1);
    EXPECT_GE(cosine_of(a, opposite), -1);
  }
  EXPECT_EQ(cosine_of({1, 0}, {0, 1}), 0);
  EXPECT_EQ(cosine_of({1, 0}, {0, 0}), 0);
}

TEST(Vectors, Problems) {
  EXPECT_EQ(vector_problem({1, -2}), "");
  EXPECT_EQ(vector_problem({}), "is empty");
  EXPECT_EQ(vector_problem({0, -0.0F}), "is all zeros, and has no direction");
  EXPECT_EQ(vector_problem({1, std::numeric_limits<float>::quiet_NaN()}),
            "holds no number of 32 bits at 1");
  EXPECT_EQ(vector_problem({std::numeric_limits<float>::infinity()}),
            "holds no number of 32 bits at 0");
  EXPECT_TRUE(vector_problem({1e30F, 1}).starts_with("is too long"));
}

}  // namespace
