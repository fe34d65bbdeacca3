#include "output.h"

#include <string.h>

namespace pf_process {
namespace {

constexpr size_t kFirstRoom = 64 * 1024;
constexpr size_t kMinRoom = 16 * 1024;
constexpr const char kReplacement[] = "\xef\xbf\xbd";

/// Where the last `lines` lines of the text begin, at most `bytes` from its end.
size_t tail_start(const char* data, size_t len, int lines, size_t bytes) {
  size_t start = len;
  size_t limit = len > bytes ? len - bytes : 0;
  for (; start > limit; --start) {
    if (data[start - 1] == '\n' && --lines == 0) break;
  }
  while (start < len && (data[start] & 0xc0) == 0x80) ++start;
  return start;
}

}  // namespace

char* Output::room(size_t* len) {
  size_t capacity = buffer_.len;
  if (capacity - len_ < kMinRoom) {
    char* larger_bytes;
    pf_str larger = pf_str_new(capacity == 0 ? kFirstRoom : capacity * 2, &larger_bytes);
    if (len_ != 0) memcpy(larger_bytes, bytes_, len_);
    pf_str_release(buffer_);
    buffer_ = larger;
    bytes_ = larger_bytes;
  }
  *len = buffer_.len - len_;
  return bytes_ + len_;
}

pf_str Output::take() {
  bool roomy = buffer_.len / 2 > len_;
  pf_str text = roomy ? pf_str_copy(bytes_, len_) : buffer_;
  text.len = len_;
  if (roomy) pf_str_release(buffer_);
  buffer_ = {};
  bytes_ = nullptr;
  len_ = 0;
  return text;
}

pf_str as_utf8(const char* data, size_t len) {
  char* start;
  pf_str text = pf_str_new(len * 3, &start);
  char* to = start;
  while (len > 0) {
    size_t valid = pf_utf8_valid_prefix(data, len);
    memcpy(to, data, valid);
    to += valid;
    data += valid;
    len -= valid;
    if (len == 0) break;
    memcpy(to, kReplacement, 3);
    to += 3;
    ++data;
    --len;
  }
  text.len = static_cast<size_t>(to - start);
  return text;
}

pf_str last_words(const Output& output) {
  constexpr int kLines = 5;
  constexpr size_t kBytes = 1000;
  const char* data = output.data();
  size_t len = output.size();
  while (len > 0 && (data[len - 1] == '\n' || data[len - 1] == '\r' || data[len - 1] == ' ')) --len;
  if (len == 0) return {};
  size_t from = tail_start(data, len, kLines, kBytes);
  pf_str tail = as_utf8(data + from, len - from);
  size_t lines = 1;
  for (size_t i = 0; i < tail.len; ++i) lines += tail.data[i] == '\n' ? 1 : 0;
  bool single = lines == 1;
  char* to;
  pf_str words = pf_str_new(tail.len + 2 + lines * 2 + 1, &to);
  const char* start = to;
  memcpy(to, single ? ": " : ":\n  ", single ? 2 : 4);
  to += single ? 2 : 4;
  for (size_t i = 0; i < tail.len; ++i) {
    *to++ = tail.data[i];
    if (tail.data[i] != '\n') continue;
    *to++ = ' ';
    *to++ = ' ';
  }
  pf_str_release(tail);
  words.len = static_cast<size_t>(to - start);
  return words;
}

}  // namespace pf_process
