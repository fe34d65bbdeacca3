/// Text under construction, which becomes a `pf_str` without a copy.
#pragma once

#include <cstdarg>
#include <cstdint>
#include <cstring>

#include "pflow/abi.h"

namespace pflow::rt {

/// A view of a C text or of a literal.
inline pf_str view(const char* text) { return {text, strlen(text), nullptr}; }
inline bool equals(const pf_str& text, const char* other) {
  const pf_str expected = view(other);
  return pf_str_equal(&text, &expected);
}

class Buffer {
 public:
  Buffer() = default;
  explicit Buffer(size_t capacity) { reserve(capacity); }
  Buffer(const Buffer&) = delete;
  Buffer& operator=(const Buffer&) = delete;
  ~Buffer();

  void add(const char* data, size_t len);
  void add(const char* text) { add(text, strlen(text)); }
  void add(pf_str text) { add(text.data, text.len); }
  void add(char c);
  void fill(char c, size_t times);
  void add_int(int64_t value);
  void format(const char* format, ...) __attribute__((format(printf, 2, 3)));
  void vformat(const char* format, va_list arguments);

  /// Room for `more` bytes.
  void reserve(size_t more);
  /// After that many bytes were written at `end()`.
  void grew(size_t bytes) { len_ += bytes; }

  /// Empty again, the room kept.
  void clear() { len_ = 0; }
  /// Drops what stands behind the first `size` bytes.
  void cut(size_t size) { len_ = size; }

  [[nodiscard]] char* end() { return data() + len_; }
  [[nodiscard]] char* data() { return owner_ ? reinterpret_cast<char*>(owner_ + 1) : nullptr; }
  [[nodiscard]] const char* data() const {
    return owner_ ? reinterpret_cast<const char*>(owner_ + 1) : nullptr;
  }
  [[nodiscard]] size_t size() const { return len_; }
  /// The text; valid until the buffer changes or dies.
  [[nodiscard]] pf_str text() { return {data(), len_, nullptr}; }
  /// Hands the text over; the buffer is empty again.
  [[nodiscard]] pf_str take();
  /// The text with a zero byte behind it.
  [[nodiscard]] const char* c_str();

 private:
  [[nodiscard]] bool has_room(size_t more) const {
    return owner_ && owner_->capacity - len_ >= more;
  }
  void grow(size_t more);

  pf_owner* owner_ = nullptr;
  size_t len_ = 0;
};

}  // namespace pflow::rt
