/// SHA-256 (FIPS 180-4), in pieces. Header only.
///
///   pflow::Sha256 hash;
///   hash.add("abc");
///   char hex[65];
///   hash.finish(hex);  // ba7816bf…, zero-terminated
#pragma once

#include <stdint.h>
#include <string.h>

#include <bit>
#include <string_view>

#ifdef __x86_64__
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace pflow {

namespace sha256 {

inline constexpr uint32_t kRound[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/// A block of 64 bytes into the state.
inline void compress_in_words(uint32_t (&state)[8], const uint8_t* block) {
  uint32_t words[64];
  for (int i = 0; i < 16; ++i) {
    words[i] = uint32_t{block[4 * i]} << 24 | uint32_t{block[4 * i + 1]} << 16 |
               uint32_t{block[4 * i + 2]} << 8 | block[4 * i + 3];
  }
  for (int i = 16; i < 64; ++i) {
    uint32_t a = words[i - 15], b = words[i - 2];
    words[i] = words[i - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3) + words[i - 7] +
               (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10);
  }
  uint32_t s[8];
  memcpy(s, state, sizeof(s));
  for (int i = 0; i < 64; ++i) {
    uint32_t first = s[7] + (std::rotr(s[4], 6) ^ std::rotr(s[4], 11) ^ std::rotr(s[4], 25)) +
                     ((s[4] & s[5]) ^ (~s[4] & s[6])) + kRound[i] + words[i];
    uint32_t second = (std::rotr(s[0], 2) ^ std::rotr(s[0], 13) ^ std::rotr(s[0], 22)) +
                      ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
    memmove(s + 1, s, 7 * sizeof(uint32_t));
    s[4] += first;
    s[0] = first + second;
  }
  for (int i = 0; i < 8; ++i) state[i] += s[i];
}

#ifdef __x86_64__
/// Those for SHA-256, of most processors since 2017.
inline bool has_instructions() {
  constexpr unsigned kSsse3And41 = 1 << 9 | 1 << 19, kSha = 1 << 29;
  unsigned a, b, c, d;
  return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c & kSsse3And41) == kSsse3And41 &&
         __get_cpuid_count(7, 0, &a, &b, &c, &d) != 0 && (b & kSha) != 0;
}
/// Asked once: on a virtual machine the answer takes as long as a hundred blocks.
inline bool knows_instructions() {
  enum : uint8_t { Unasked, No, Yes };
  static uint8_t known = Unasked;
  if (__atomic_load_n(&known, __ATOMIC_RELAXED) == Unasked)
    __atomic_store_n(&known, has_instructions() ? Yes : No, __ATOMIC_RELAXED);
  return __atomic_load_n(&known, __ATOMIC_RELAXED) == Yes;
}

[[gnu::target("sha,ssse3,sse4.1")]] inline void compress_by_instructions(uint32_t (&state)[8],
                                                                         const uint8_t* block) {
  const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  auto* halves = reinterpret_cast<__m128i*>(state);
  const __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128(halves), 0xb1);
  const __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128(halves + 1), 0x1b);
  __m128i abef = _mm_alignr_epi8(badc, efgh, 8), cdgh = _mm_blend_epi16(efgh, badc, 0xf0);
  // Named by what they hold, from the highest lane.
  const __m128i abef_before = abef, cdgh_before = cdgh;
  __m128i words[4];
  for (int i = 0; i < 4; ++i)
    words[i] =
        _mm_shuffle_epi8(_mm_loadu_si128(reinterpret_cast<const __m128i*>(block) + i), order);
  for (int i = 0; i < 16; ++i) {
    __m128i& now = words[i % 4];
    const __m128i last = words[(i + 3) % 4];
    const __m128i added =
        _mm_add_epi32(now, _mm_loadu_si128(reinterpret_cast<const __m128i*>(kRound) + i));
    cdgh = _mm_sha256rnds2_epu32(cdgh, abef, added);
    abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(added, 0x0e));
    if (i >= 12) continue;
    const __m128i seven_before = _mm_alignr_epi8(last, words[(i + 2) % 4], 4);
    now = _mm_sha256msg2_epu32(
        _mm_add_epi32(_mm_sha256msg1_epu32(now, words[(i + 1) % 4]), seven_before), last);
  }
  abef = _mm_shuffle_epi32(_mm_add_epi32(abef, abef_before), 0x1b);
  cdgh = _mm_shuffle_epi32(_mm_add_epi32(cdgh, cdgh_before), 0xb1);
  _mm_storeu_si128(halves, _mm_blend_epi16(abef, cdgh, 0xf0));
  _mm_storeu_si128(halves + 1, _mm_alignr_epi8(cdgh, abef, 8));
}
#endif

}  // namespace sha256

class Sha256 {
 public:
  void add(std::string_view bytes) {
    const char* data = bytes.data();
    size_t left = bytes.size();
    size_t held = len_ % kBlock;
    len_ += left;
    if (held != 0) {
      size_t part = left < kBlock - held ? left : kBlock - held;
      memcpy(block_ + held, data, part);
      if (held + part < kBlock) return;
      compress(block_);
      data += part;
      left -= part;
    }
    for (; left >= kBlock; data += kBlock, left -= kBlock) {
      compress(reinterpret_cast<const uint8_t*>(data));
    }
    if (left != 0) memcpy(block_, data, left);
  }

  /// The digest; to be called once.
  void finish(uint8_t (&digest)[32]) {
    uint64_t bits = len_ * 8;
    size_t held = len_ % kBlock;
    block_[held++] = 0x80;
    if (held > kBlock - 8) {
      memset(block_ + held, 0, kBlock - held);
      compress(block_);
      held = 0;
    }
    memset(block_ + held, 0, kBlock - 8 - held);
    for (size_t i = 0; i < 8; ++i) block_[kBlock - 1 - i] = static_cast<uint8_t>(bits >> (8 * i));
    compress(block_);
    for (int i = 0; i < 32; ++i)
      digest[i] = static_cast<uint8_t>(state_[i / 4] >> (24 - i % 4 * 8));
  }

  /// The digest as 64 hexadecimal digits and a zero byte; to be called once.
  void finish(char (&hex)[65]) {
    uint8_t digest[32];
    finish(digest);
    for (int i = 0; i < 32; ++i) {
      hex[2 * i] = "0123456789abcdef"[digest[i] >> 4];
      hex[2 * i + 1] = "0123456789abcdef"[digest[i] & 15];
    }
    hex[64] = 0;
  }

 private:
  static constexpr size_t kBlock = 64;

  void compress(const uint8_t* block) {
#ifdef __x86_64__
    if (sha256::knows_instructions()) return sha256::compress_by_instructions(state_, block);
#endif
    sha256::compress_in_words(state_, block);
  }

  uint32_t state_[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  uint64_t len_ = 0;
  uint8_t block_[kBlock];
};

}  // namespace pflow
