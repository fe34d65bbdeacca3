// sleep, on the event loop in virtual time.
#include <cstdlib>

#include "pflow/timer.h"
#include "test/unit/nodes/async_call.h"
#include "time.pf.hpp"

using namespace node_test;

namespace {

using Sleep = AsyncRun<sleep_in, sleep_out>;

// Before the first test starts the loop, which asks once.
const bool kVirtual = setenv("PFLOW_VIRTUAL_TIME", "1", 1) == 0;

}  // namespace

TEST(Sleep, LastsAsLongAsSaid) {
  ASSERT_TRUE(kVirtual);
  int64_t before = pf_clock();
  constexpr int64_t kDay = 86'400'000'000'000;
  EXPECT_EQ(Sleep(pfn_time_sleep, {kDay}).status, PF_DONE);
  EXPECT_GE(pf_clock() - before, kDay);
  EXPECT_EQ(Sleep(pfn_time_sleep, {0}).status, PF_DONE);
}

TEST(Sleep, NegativeDurationsFail) {
  EXPECT_EQ(Sleep(pfn_time_sleep, {-1}).failure(), "value: `duration` is negative");
}
