#include "runtime/src/values/decimal.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <random>
#include <string>

using pflow::rt::Decimal;
using pflow::rt::nearest_double;
using pflow::rt::shortest_decimal;

namespace {

std::string text_of(const Decimal& decimal) {
  std::string text(decimal.digits, static_cast<size_t>(decimal.count));
  return text + "e" + std::to_string(decimal.exponent - decimal.count + 1);
}

/// As the C library has it, which is slow.
std::string shortest_text(double value) {
  char text[40];
  for (int precision = 1; precision <= 17; ++precision) {
    snprintf(text, sizeof text, "%.*e", precision - 1, value);
    if (strtod(text, nullptr) == value) break;
  }
  std::string digits;
  const char* at = text;
  for (; *at != 'e'; ++at)
    if (*at != '.') digits += *at;
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  return digits + "e" + std::to_string(atoi(at + 1) - static_cast<int>(digits.size()) + 1);
}

void expect_shortest(double value) {
  EXPECT_EQ(text_of(shortest_decimal(value)), shortest_text(value));
}

TEST(Decimal, TheShortestDigitsAreThoseOfTheLibrary) {
  std::mt19937_64 random(11);
  std::uniform_real_distribution<double> magnitude(-12, 20);
  for (int i = 0; i < 20000; ++i) {
    const double value = std::pow(10, magnitude(random));
    expect_shortest(value);
    expect_shortest(std::round(value * 8) / 8 + 0.125);
    expect_shortest(std::nextafter(std::round(value) + 1, 0));
  }
  for (int exponent = -20; exponent <= 25; ++exponent) {
    const double ten = strtod(("1e" + std::to_string(exponent)).c_str(), nullptr);
    for (double value : {ten, std::nextafter(ten, 0), std::nextafter(ten, INFINITY)})
      expect_shortest(value);
  }
}

TEST(Decimal, DigitsAreReadAsByTheLibrary) {
  std::mt19937_64 random(12);
  int known = 0;
  for (int i = 0; i < 50000; ++i) {
    const uint64_t digits = random() >> random() % 64;
    const int exponent = static_cast<int>(random() % 60) - 30;
    double value = 0;
    if (!nearest_double(digits, exponent, &value)) continue;
    ++known;
    const std::string text = std::to_string(digits) + "e" + std::to_string(exponent);
    EXPECT_EQ(value, strtod(text.c_str(), nullptr)) << text;
  }
  EXPECT_GT(known, 30000);
}

TEST(Decimal, TiesGoToTheEvenOne) {
  for (uint64_t odd : {9007199254740993U, 9007199254740995U, 18014398509481986U}) {
    double value;
    ASSERT_TRUE(nearest_double(odd, 0, &value));
    EXPECT_EQ(value, strtod(std::to_string(odd).c_str(), nullptr));
    ASSERT_TRUE(nearest_double(odd * 5, -1, &value));
    EXPECT_EQ(value, strtod((std::to_string(odd * 5) + "e-1").c_str(), nullptr));
  }
}

}  // namespace
