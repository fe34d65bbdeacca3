/// Parts of texts that share their buffer, and lists of them.
#pragma once

#include <string.h>

#include "pflow/abi.h"

namespace pf_text {

/// The bytes [from, to) of `text`, sharing its buffer.
inline pf_str slice(const pf_str& text, size_t from, size_t to) {
  if (from >= to) return {};
  if (text.owner) ++text.owner->count;
  return {text.data + from, to - from, text.owner};
}

inline pf_str retained(const pf_str& text) { return slice(text, 0, text.len); }

/// The offset of `part` in `text` at or after `from`, or `text.len` when absent.
/// `part` is not empty.
inline size_t find(const pf_str& text, const pf_str& part, size_t from) {
  if (text.len - from < part.len) return text.len;
  const char* start = text.data + from;
  const void* found = part.len == 1 ? memchr(start, part.data[0], text.len - from)
                                    : memmem(start, text.len - from, part.data, part.len);
  return found ? static_cast<size_t>(static_cast<const char*>(found) - text.data) : text.len;
}

/// Bytes of the code point that begins with `lead`, in valid text.
inline size_t code_point_bytes(char lead) {
  auto byte = static_cast<unsigned char>(lead);
  return byte < 0x80 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4;
}

/// A [str] under construction.
class Pieces {
 public:
  Pieces() = default;
  Pieces(const Pieces&) = delete;
  Pieces& operator=(const Pieces&) = delete;
  ~Pieces();

  void add(pf_str piece) {
    if (count_ == capacity_) grow();
    items_[count_++] = piece;
  }
  /// Hands the list over; to be called once.
  pf_list take();

 private:
  void grow();
  pf_str* items_ = nullptr;
  size_t count_ = 0;
  size_t capacity_ = 0;
};

}  // namespace pf_text
