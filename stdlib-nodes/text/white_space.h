/// Unicode's white space in valid UTF-8.
#pragma once

#include <stddef.h>
#include <string.h>

namespace pf_text {

/// Whether white space may begin with that byte. No code point has one behind its first.
inline bool may_begin_space(char byte) {
  auto first = static_cast<unsigned char>(byte);
  if (first > ' ' && first < 0xc2) return false;
  if (first <= ' ') return first == ' ' || (first >= '\t' && first <= '\r');
  return first == 0xc2 || (first >= 0xe1 && first <= 0xe3);
}

/// Of text that may.
inline size_t leading_space_after_look(const char* data, size_t len) {
  auto first = static_cast<unsigned char>(data[0]);
  if (first < 0x80) return 1;
  if (len >= 2 && first == 0xc2) return data[1] == '\x85' || data[1] == '\xa0' ? 2 : 0;
  if (len < 3) return 0;
  if (memcmp(data, "\xe1\x9a\x80", 3) == 0 || memcmp(data, "\xe3\x80\x80", 3) == 0 ||
      memcmp(data, "\xe2\x81\x9f", 3) == 0) {
    return 3;
  }
  if (memcmp(data, "\xe2\x80", 2) != 0) return 0;
  auto third = static_cast<unsigned char>(data[2]);
  return third <= 0x8a || third == 0xa8 || third == 0xa9 || third == 0xaf ? 3 : 0;
}

/// Bytes of the white space that `data` begins with, 0 when it is something else.
inline size_t leading_space(const char* data, size_t len) {
  return len != 0 && may_begin_space(data[0]) ? leading_space_after_look(data, len) : 0;
}

/// Bytes of the white space that `data` ends with.
inline size_t trailing_space(const char* data, size_t len) {
  size_t back = 1;
  while (back < len && back < 3 && (data[len - back] & 0xc0) == 0x80) ++back;
  return back <= len && leading_space(data + len - back, back) == back ? back : 0;
}

inline bool is_blank(const char* data, size_t len) {
  while (size_t space = leading_space(data, len)) {
    data += space;
    len -= space;
  }
  return len == 0;
}

}  // namespace pf_text
