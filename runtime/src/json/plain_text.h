/// Which bytes stand in a JSON string as they are.
#pragma once

#include <string.h>

#include <bit>
#include <cstdint>

namespace pflow::rt {

/// The first of the bytes that is a quote, a backslash or a control character; else `end`.
inline const char* plain_end(const char* at, const char* end) {
  constexpr uint64_t kOnes = 0x0101010101010101, kHighBits = 0x8080808080808080;
  // High bits at the bytes that are zero; exact up to the first of them.
  constexpr auto kZeroBytes = [](uint64_t word) { return (word - kOnes) & ~word & kHighBits; };
  for (; end - at >= 8; at += 8) {
    uint64_t word;
    memcpy(&word, at, 8);
    const uint64_t quotes = kZeroBytes(word ^ kOnes * '"');
    const uint64_t slashes = kZeroBytes(word ^ kOnes * '\\');
    const uint64_t controls = (word - kOnes * 0x20) & ~word & kHighBits;
    const uint64_t found = quotes | slashes | controls;
    if (found == 0) continue;
    if constexpr (std::endian::native == std::endian::little)
      return at + std::countr_zero(found) / 8;
    break;
  }
  while (at != end && *at != '"' && *at != '\\' && static_cast<unsigned char>(*at) >= 0x20) ++at;
  return at;
}

}  // namespace pflow::rt
