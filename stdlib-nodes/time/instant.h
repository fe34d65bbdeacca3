/// Points in time as text.
#pragma once

#include <stdint.h>

#include <string_view>

#include "pflow/abi.h"

namespace pf_time {

inline constexpr int64_t kSecond = 1'000'000'000;

/// Reads RFC 3339, or a date alone, as nanoseconds since 1970. False: it is none, or one
/// that 64 bits do not hold.
bool read_rfc3339(std::string_view text, int64_t& nanoseconds);

/// The same to the millisecond, in UTC.
pf_str rfc3339(int64_t nanoseconds);

/// Nanoseconds of a second since 1970 and a part of it; false when they do not fit.
bool join_time(int64_t seconds, int64_t nanoseconds, int64_t& out);

/// The whole seconds before a point in time, also before 1970.
inline int64_t whole_seconds(int64_t nanoseconds) {
  return nanoseconds / kSecond - (nanoseconds % kSecond < 0 ? 1 : 0);
}

}  // namespace pf_time
