// The number functions.
#include <cmath>
#include <limits>

#include "numbers.pf.hpp"
#include "test/unit/nodes/node_call.h"

using namespace node_test;

TEST(Round, HalvesAwayFromZero) {
  auto round = [](double x) {
    return NodeRun<round_in, round_out>(pfn_numbers_round, {x}).out.number;
  };
  EXPECT_EQ(round(2.5), 3);
  EXPECT_EQ(round(-2.5), -3);
  EXPECT_EQ(round(0.49999999999999994), 0);
}

TEST(FloorCeil, TowardsTheirSide) {
  NodeRun<floor_in, floor_out> floor(pfn_numbers_floor, {-1.5});
  EXPECT_EQ(floor.out.number, -2);
  NodeRun<ceil_in, ceil_out> ceil(pfn_numbers_ceil, {-1.5});
  EXPECT_EQ(ceil.out.number, -1);
}

TEST(Round, WhatDoesNotFitFails) {
  NodeRun<round_in, round_out> big(pfn_numbers_round, {9.3e18});
  EXPECT_EQ(big.failure(), "value: `round` of 9.3e+18 does not fit an int");
  NodeRun<floor_in, floor_out> nan(pfn_numbers_floor, {std::nan("")});
  EXPECT_EQ(nan.failure(), "value: `floor` of nan does not fit an int");
  NodeRun<round_in, round_out> least(pfn_numbers_round, {-9223372036854775808.0});
  EXPECT_EQ(least.out.number, std::numeric_limits<int64_t>::min());
}

TEST(Sqrt, NegativeFails) {
  NodeRun<sqrt_in, sqrt_out> nine(pfn_numbers_sqrt, {9.0});
  EXPECT_EQ(nine.out.number, 3.0);
  NodeRun<sqrt_in, sqrt_out> negative(pfn_numbers_sqrt, {-1.0});
  EXPECT_EQ(negative.failure(), "value: the square root of -1 is not a number");
}

TEST(Pow, NotANumberFails) {
  NodeRun<pow_in, pow_out> kilo(pfn_numbers_pow, {2.0, 10.0});
  EXPECT_EQ(kilo.out.number, 1024.0);
  NodeRun<pow_in, pow_out> root(pfn_numbers_pow, {-8.0, 0.5});
  EXPECT_EQ(root.failure(), "value: -8 to the power of 0.5 is not a number");
}
