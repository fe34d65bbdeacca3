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

struct Range {
  uint32_t first, last;
};
constexpr Range kZeroWidth[] = {{0x300, 0x36f},   {0x483, 0x489},   {0x591, 0x5bd},
                                {0x610, 0x61a},   {0x64b, 0x65f},   {0x200b, 0x200f},
                                {0x20d0, 0x20ff}, {0xfe00, 0xfe0f}, {0xfe20, 0xfe2f}};
constexpr Range kWide[] = {{0x1100, 0x115f},   {0x2e80, 0x303e},   {0x3041, 0xa4cf},
                           {0xac00, 0xd7a3},   {0xf900, 0xfaff},   {0xfe30, 0xfe6f},
                           {0xff00, 0xff60},   {0xffe0, 0xffe6},   {0x1f300, 0x1f64f},
                           {0x1f680, 0x1f6ff}, {0x1f900, 0x1f9ff}, {0x20000, 0x3fffd}};

template <size_t N>
bool in_any(const Range (&ranges)[N], uint32_t code_point) {
  for (const Range& range : ranges)
    if (code_point >= range.first && code_point <= range.last) return true;
  return false;
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

int code_point_width(uint32_t code_point) {
  if (code_point < 0x300) return 1;
  if (in_any(kZeroWidth, code_point)) return 0;
  return in_any(kWide, code_point) ? 2 : 1;
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
