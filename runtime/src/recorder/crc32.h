/// CRC-32, as zlib and PNG have it.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

namespace pflow::rt {

/// What a byte adds, 0 to 7 bytes before the end of a word: "slicing by eight" (Kounavis, Berry
/// 2005).
struct Crc32Tables {
  uint32_t of[8][256];
};
constexpr Crc32Tables make_crc32_tables() {
  Crc32Tables made{};
  for (uint32_t byte = 0; byte < 256; ++byte) {
    uint32_t crc = byte;
    for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320U : 0);
    made.of[0][byte] = crc;
  }
  for (int behind = 1; behind < 8; ++behind)
    for (uint32_t byte = 0; byte < 256; ++byte) {
      const uint32_t before = made.of[behind - 1][byte];
      made.of[behind][byte] = (before >> 8) ^ made.of[0][before & 255];
    }
  return made;
}
inline constexpr Crc32Tables kCrc32Tables = make_crc32_tables();

inline uint32_t crc32(const char* data, size_t len) {
  constexpr const auto& kOf = kCrc32Tables.of;
  uint32_t crc = ~0U;
  for (; len >= 8; data += 8, len -= 8) {
    uint32_t low, high;  // little-endian, as all machines that are built for
    memcpy(&low, data, 4);
    memcpy(&high, data + 4, 4);
    low ^= crc;
    crc = kOf[7][low & 255] ^ kOf[6][low >> 8 & 255] ^ kOf[5][low >> 16 & 255] ^ kOf[4][low >> 24] ^
          kOf[3][high & 255] ^ kOf[2][high >> 8 & 255] ^ kOf[1][high >> 16 & 255] ^
          kOf[0][high >> 24];
  }
  for (; len != 0; ++data, --len)
    crc = (crc >> 8) ^ kOf[0][(crc ^ static_cast<unsigned char>(*data)) & 255];
  return ~crc;
}

}  // namespace pflow::rt
