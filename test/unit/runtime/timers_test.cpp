// The heap of timers and the virtual clock.
#include "runtime/src/running/timers.h"

#include <gtest/gtest.h>

#include <cstddef>
#include <vector>

namespace {

struct Numbered {
  pf_timer timer;
  int number;
};
std::vector<int> g_fired;

void fired(pf_timer* timer) { g_fired.push_back(reinterpret_cast<Numbered*>(timer)->number); }

class Timers : public ::testing::Test {
 protected:
  void SetUp() override {
    pflow::rt::use_virtual_time();
    g_fired.clear();
  }
  /// Passes time and fires until no timer is left.
  static void run() {
    while (pflow::rt::next_timer()) {
      pflow::rt::pass_time(pflow::rt::until_next_timer());
      EXPECT_TRUE(pflow::rt::fire_timers());
    }
  }
};

TEST_F(Timers, FireInTheOrderOfTheirTimes) {
  std::vector<Numbered> timers(1000);
  std::vector<int> expected;
  for (int i = 0; i < 1000; ++i) {
    timers[static_cast<size_t>(i)].number = i * 7919 % 1000;
    pf_timer_start(&timers[static_cast<size_t>(i)].timer, i * 7919 % 1000, fired);
    expected.push_back(i);
  }
  run();
  EXPECT_EQ(g_fired, expected);
}

TEST_F(Timers, OfEqualTimesTheEarlierStartComesFirst) {
  Numbered timers[3] = {{{}, 0}, {{}, 1}, {{}, 2}};
  for (int i : {2, 0, 1}) pf_timer_start(&timers[i].timer, 5, fired);
  run();
  EXPECT_EQ(g_fired, (std::vector{2, 0, 1}));
}

TEST_F(Timers, AStoppedTimerDoesNotFireAndAStartedOneStartsAnew) {
  std::vector<Numbered> timers(100);
  for (int i = 0; i < 100; ++i) {
    timers[static_cast<size_t>(i)].number = i;
    pf_timer_start(&timers[static_cast<size_t>(i)].timer, i * 31 % 100, fired);
  }
  for (size_t i = 0; i < 100; ++i)
    if (i != 3 && i != 40) pf_timer_stop(&timers[i].timer);
  pf_timer_stop(&timers[5].timer);
  pf_timer_start(&timers[3].timer, 1000, fired);
  run();
  EXPECT_EQ(g_fired, (std::vector{40, 3}));
}

TEST_F(Timers, WhatATimerStartsWaitsForTheNextRound) {
  static Numbered again;
  again = {{}, 7};
  pf_timer first = {};
  pf_timer_start(&first, 1, [](pf_timer*) { pf_timer_start(&again.timer, 0, fired); });
  pflow::rt::pass_time(1);
  EXPECT_TRUE(pflow::rt::fire_timers());
  EXPECT_TRUE(g_fired.empty());
  EXPECT_TRUE(pflow::rt::fire_timers());
  EXPECT_EQ(g_fired, std::vector{7});
}

TEST_F(Timers, TimePassesOnlyToTheNextTimer) {
  Numbered timer = {{}, 1};
  pf_timer_start(&timer.timer, 100, fired);
  int64_t before = pf_clock();
  pflow::rt::pass_time(5000);
  EXPECT_EQ(pf_clock(), before + 100);
  run();
}

TEST_F(Timers, ATimeWithoutEndDoesNotOverflow) {
  Numbered timer = {{}, 1};
  pf_timer_start(&timer.timer, INT64_MAX, fired);
  EXPECT_FALSE(pflow::rt::fire_timers());
  pf_timer_stop(&timer.timer);
  EXPECT_EQ(pflow::rt::next_timer(), nullptr);
}

TEST_F(Timers, VirtualTimeBeginsWithTheYear2026) {
  EXPECT_EQ((pf_wall_clock() - pf_clock()) / pflow::rt::kSecond, 1'767'225'600);
}

}  // namespace
