/// Times as those who keep files of runs compare them, in nanoseconds since 1970.
#pragma once

#include <time.h>

#include <cstdint>

namespace pflow::run {

constexpr int64_t kSecond = 1'000'000'000;

inline int64_t nanoseconds(const timespec& time) {
  return int64_t{time.tv_sec} * kSecond + time.tv_nsec;
}

inline int64_t now() {
  timespec time{};
  clock_gettime(CLOCK_REALTIME, &time);
  return nanoseconds(time);
}

}  // namespace pflow::run
