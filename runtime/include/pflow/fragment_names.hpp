/// What a fragment may be, for the node that takes it and the command that stores it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace pflow {

inline constexpr size_t kMostFragmentMega = 16;  ///< MiB
inline constexpr size_t kMostFragment = kMostFragmentMega << 20;

/// Whether one of this name may be stored: its file has the same.
inline bool is_fragment_name(std::string_view name) {
  return !name.empty() && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  });
}

}  // namespace pflow
