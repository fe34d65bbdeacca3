/// How large the cache may become: PFLOW_CACHE_SIZE.
#pragma once

#include <stdint.h>

namespace pflow::rt {

constexpr int64_t kDefaultCacheSize = 1'000'000'000;

/// Reads `500MB`, `2 GB`, `64kB` or bytes, with the decimal units. False: it is no size.
[[nodiscard]] bool read_size(const char* text, int64_t* out);

/// In bytes; what is set wrongly is the default. 0: nothing is kept.
[[nodiscard]] int64_t cache_size_bound();

/// False after a PFLOW_CACHE_SIZE that is no size was reported.
[[nodiscard]] bool check_cache_size();

}  // namespace pflow::rt
