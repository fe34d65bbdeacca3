/// How a fuzz target says that a property does not hold.
#pragma once

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

#include "pflow/abi.h"

namespace fuzz {

/// Ends the process with what is wrong, and up to two texts that show it.
inline void must(bool holds, const char* property, std::string_view one = {},
                 std::string_view other = {}) {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s\n", property);
  for (std::string_view shown : {one, other})
    std::fprintf(stderr, "  %.*s\n", static_cast<int>(shown.size()), shown.data());
  __builtin_trap();
}

/// The bytes up to the first that is no UTF-8: what the runtime takes for a text.
inline std::string text_of(const uint8_t* data, size_t size) {
  const auto* bytes = reinterpret_cast<const char*>(data);
  return size == 0 ? std::string() : std::string(bytes, pf_utf8_valid_prefix(bytes, size));
}

}  // namespace fuzz
