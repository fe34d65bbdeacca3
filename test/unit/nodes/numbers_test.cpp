// The number functions.
#include <cmath>
#include <limits>

#include "numbers.pf.hpp"
#include "test/unit/nodes/node_call.h"
#include "test/unit/runtime/data_values.h"

using namespace node_test;

TEST(Round, HalvesAwayFromZero) {
  auto round = [](double x) {
    return NodeRun<round_in, round_out>(pfn_numbers_round, {x}).out.number;
  };
  EXPECT_EQ(round(2.5), 3);
  EXPECT_EQ(round(-2.5), -3);
  EXPECT_EQ(round(0.49999999999999994), 0);
}

TEST(RoundTo, ByTheDigitsAsWritten) {
  auto round_to = [](double x, int64_t digits) {
    return NodeRun<round_to_in, round_to_out>(pfn_numbers_round_to, {x, digits}).out.number;
  };
  EXPECT_EQ(round_to(2.675, 2), 2.68);
  EXPECT_EQ(round_to(-2.675, 2), -2.68);
  EXPECT_EQ(round_to(1.005, 2), 1.01);
  EXPECT_EQ(round_to(9.95, 1), 10.0);
  EXPECT_EQ(round_to(0.0449, 2), 0.04);
  EXPECT_EQ(round_to(0.05, 1), 0.1);
  EXPECT_EQ(round_to(0.04, 1), 0.0);
  EXPECT_FALSE(std::signbit(round_to(-0.04, 1)));
  EXPECT_EQ(round_to(1250.0, -2), 1300.0);
  EXPECT_EQ(round_to(49.0, -2), 0.0);
  EXPECT_EQ(round_to(50.0, -2), 100.0);
  EXPECT_EQ(round_to(1.5e-7, 7), 2e-7);
  EXPECT_EQ(round_to(1e300, 2), 1e300);
  EXPECT_EQ(round_to(0.1, 400), 0.1);
  EXPECT_TRUE(std::isnan(round_to(std::nan(""), 2)));
  NodeRun<round_to_in, round_to_out> far(pfn_numbers_round_to, {1.0, 401});
  EXPECT_EQ(far.failure(), "value: `digits` is 401: expected -400 to 400");
}

TEST(FormatNumber, DecimalsAndGroups) {
  auto format = [](const auto& x, const pf_type& type, int64_t decimals, const char* thousands,
                   const char* point = ".") {
    format_number_in in{&type, &x, {decimals, decimals >= 0}, text(thousands), text(point)};
    NodeRun<format_number_in, format_number_out> run(pfn_numbers_format_number, in);
    return taken(run.out.text);
  };
  auto f = [&](double x, int64_t decimals, const char* thousands, const char* point = ".") {
    return format(x, values::kFloat, decimals, thousands, point);
  };
  EXPECT_EQ(f(1234.5, 2, ","), "1,234.50");
  EXPECT_EQ(f(-1234567.891, 2, ".", ","), "-1.234.567,89");
  EXPECT_EQ(f(999.995, 2, ","), "1,000.00");
  EXPECT_EQ(f(999, 0, ","), "999");
  EXPECT_EQ(f(0.5, 0, ""), "1");
  EXPECT_EQ(f(-0.004, 2, ""), "0.00");
  EXPECT_EQ(f(0.00012, -1, ""), "0.00012");
  EXPECT_EQ(f(3, -1, ","), "3");
  EXPECT_EQ(f(1e21, -1, " "), "1 000 000 000 000 000 000 000");
  EXPECT_EQ(f(0, 1, ","), "0.0");
  EXPECT_EQ(f(std::numeric_limits<double>::infinity(), 2, ","), "inf");
  int64_t most = std::numeric_limits<int64_t>::min();
  EXPECT_EQ(format(most, values::kInt, 1, ","), "-9,223,372,036,854,775,808.0");
  int64_t nothing = 0;
  format_number_in in{&values::kInt, &nothing, {-1, true}, {}, text(".")};
  NodeRun<format_number_in, format_number_out> run(pfn_numbers_format_number, in);
  EXPECT_EQ(run.failure(), "value: `decimals` is -1: expected 0 to 100");
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
