/// The clock and the heap of timers, as the scheduler drives them.
#pragma once

#include "pflow/timer.h"

namespace pflow::rt {

constexpr int64_t kSecond = 1'000'000'000;

/// From here on time is virtual, as with PFLOW_VIRTUAL_TIME=1; before any timer starts.
void use_virtual_time();
[[nodiscard]] bool time_is_virtual();
/// Virtual time passes: never beyond the next timer.
void pass_time(int64_t nanoseconds);

/// The earliest timer, or null.
[[nodiscard]] const pf_timer* next_timer();
/// How long until then: 0 when it is due.
[[nodiscard]] int64_t until_next_timer();
/// Fires what is due; false when nothing was.
bool fire_timers();

/// The struct that the timer is a member of.
template <typename Owner>
Owner* timer_owner(pf_timer* timer, size_t offset) {
  return reinterpret_cast<Owner*>(reinterpret_cast<char*>(timer) - offset);
}

}  // namespace pflow::rt
