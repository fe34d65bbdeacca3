#include "runtime/src/values/utf8.h"

#include <bit>
#include <cstring>

#include "pflow/abi.h"

namespace pflow::rt {
namespace {

constexpr uint64_t kHighBits = 0x8080808080808080ull;

uint64_t load_word(const char* at) {
  uint64_t word;
  memcpy(&word, at, sizeof word);
  return word;
}

/// How many of the eight bytes begin a code point.
int starts_in(uint64_t word) {
  uint64_t continuation = word & ~(word << 1) & kHighBits;
  return 8 - std::popcount(continuation);
}

/// The length of the well-formed sequence at `p`, 0 when there is none.
size_t sequence_length(const unsigned char* p, size_t left) {
  auto continues = [&](size_t i) { return i < left && (p[i] & 0xc0) == 0x80; };
  if (p[0] < 0x80) return 1;
  if (p[0] >= 0xc2 && p[0] <= 0xdf) return continues(1) ? 2 : 0;
  if (p[0] >= 0xe0 && p[0] <= 0xef) {
    if (!continues(1) || !continues(2)) return 0;
    if (p[0] == 0xe0 && p[1] < 0xa0) return 0;
    return p[0] == 0xed && p[1] > 0x9f ? 0 : 3;
  }
  if (p[0] >= 0xf0 && p[0] <= 0xf4) {
    if (!continues(1) || !continues(2) || !continues(3)) return 0;
    if (p[0] == 0xf0 && p[1] < 0x90) return 0;
    return p[0] == 0xf4 && p[1] > 0x8f ? 0 : 4;
  }
  return 0;
}

}  // namespace

size_t utf8_valid_prefix(const char* data, size_t len) {
  size_t i = 0;
  while (i < len) {
    while (i + 32 <= len && ((load_word(data + i) | load_word(data + i + 8) |
                              load_word(data + i + 16) | load_word(data + i + 24)) &
                             kHighBits) == 0)
      i += 32;
    if (i + 8 <= len && (load_word(data + i) & kHighBits) == 0) {
      i += 8;
      continue;
    }
    if (i == len) break;
    size_t step = sequence_length(reinterpret_cast<const unsigned char*>(data) + i, len - i);
    if (step == 0) return i;
    i += step;
  }
  return len;
}

int64_t count_code_points(const char* data, size_t len) {
  int64_t count = 0;
  size_t i = 0;
  for (; i + 8 <= len; i += 8) count += starts_in(load_word(data + i));
  for (; i < len; ++i) count += !is_continuation(data[i]);
  return count;
}

size_t skip_code_points(const char* data, size_t len, int64_t n, int64_t* skipped) {
  size_t i = 0;
  int64_t passed = 0;
  while (i + 8 <= len) {
    int starts = starts_in(load_word(data + i));
    if (passed + starts > n) break;
    passed += starts;
    i += 8;
  }
  // `i` may stand inside a code point whose start was counted.
  while (i < len) {
    if (!is_continuation(data[i])) {
      if (passed == n) break;
      ++passed;
    }
    ++i;
  }
  *skipped = passed;
  return i;
}

uint32_t decode_code_point(const char* data, size_t len, size_t* bytes) {
  const auto* p = reinterpret_cast<const unsigned char*>(data);
  size_t length = sequence_length(p, len);
  *bytes = length == 0 ? 1 : length;
  switch (length) {
    case 2: return (p[0] & 0x1fu) << 6 | (p[1] & 0x3fu);
    case 3: return (p[0] & 0xfu) << 12 | (p[1] & 0x3fu) << 6 | (p[2] & 0x3fu);
    case 4: return (p[0] & 7u) << 18 | (p[1] & 0x3fu) << 12 | (p[2] & 0x3fu) << 6 | (p[3] & 0x3fu);
    default: return p[0];
  }
}

}  // namespace pflow::rt

size_t pf_utf8_valid_prefix(const char* data, size_t len) {
  return pflow::rt::utf8_valid_prefix(data, len);
}
