/// SHA-1 (FIPS 180-4) of what is at hand, for name-based UUIDs alone.
#pragma once

#include <stdint.h>

#include <string_view>

namespace pf_data {

/// Of `first` and `second`, one behind the other.
void sha1(std::string_view first, std::string_view second, uint8_t (&digest)[20]);

}  // namespace pf_data
