#include "sha1.h"

#include <bit>

namespace pf_data {
namespace {

struct Sha1 {
  uint32_t state[5] = {0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0};
  uint8_t block[64];
  uint64_t len = 0;

  void add(uint8_t byte) {
    block[len++ % 64] = byte;
    if (len % 64 == 0) compress();
  }
  void compress();
};

void Sha1::compress() {
  uint32_t w[80];
  for (int i = 0; i < 16; ++i)
    w[i] = static_cast<uint32_t>(block[i * 4]) << 24 |
           static_cast<uint32_t>(block[i * 4 + 1]) << 16 |
           static_cast<uint32_t>(block[i * 4 + 2]) << 8 | block[i * 4 + 3];
  for (int i = 16; i < 80; ++i) w[i] = std::rotl(w[i - 3] ^ w[i - 8] ^ w[i - 14] ^ w[i - 16], 1);
  uint32_t a = state[0], b = state[1], c = state[2], d = state[3], e = state[4];
  for (int i = 0; i < 80; ++i) {
    uint32_t f, k;
    if (i < 20)
      f = (b & c) | (~b & d), k = 0x5a827999;
    else if (i < 40)
      f = b ^ c ^ d, k = 0x6ed9eba1;
    else if (i < 60)
      f = (b & c) | (b & d) | (c & d), k = 0x8f1bbcdc;
    else
      f = b ^ c ^ d, k = 0xca62c1d6;
    uint32_t next = std::rotl(a, 5) + f + e + k + w[i];
    e = d;
    d = c;
    c = std::rotl(b, 30);
    b = a;
    a = next;
  }
  state[0] += a;
  state[1] += b;
  state[2] += c;
  state[3] += d;
  state[4] += e;
}

}  // namespace

void sha1(std::string_view first, std::string_view second, uint8_t (&digest)[20]) {
  Sha1 hash;
  for (char byte : first) hash.add(static_cast<uint8_t>(byte));
  for (char byte : second) hash.add(static_cast<uint8_t>(byte));
  uint64_t bits = hash.len * 8;
  hash.add(0x80);
  while (hash.len % 64 != 56) hash.add(0);
  for (int shift = 56; shift >= 0; shift -= 8) hash.add(static_cast<uint8_t>(bits >> shift));
  for (int i = 0; i < 20; ++i)
    digest[i] = static_cast<uint8_t>(hash.state[i / 4] >> (24 - i % 4 * 8));
}

}  // namespace pf_data
