/// Points in time in the words of strptime.
#pragma once

#include <time.h>

namespace pf_time {

/// Null with the seconds since 1970, or what is wrong, as "no such day". What the text leaves
/// out is that of 1970-01-01T00:00:00Z.
const char* read_by_format(const char* text, const char* format, time_t& seconds);

}  // namespace pf_time
