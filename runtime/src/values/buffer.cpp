#include "runtime/src/values/buffer.h"

#include <stdio.h>
#include <stdlib.h>

#include <algorithm>

#include "runtime/src/values/memory.h"

namespace pflow::rt {

Buffer::~Buffer() { free(owner_); }

// Texts are put together of many small pieces: each costs a call, a comparison and a copy.

void Buffer::add(const char* data, size_t len) {
  if (len == 0) return;
  if (!has_room(len)) grow(len);
  memcpy(end(), data, len);
  len_ += len;
}

void Buffer::add(char c) {
  if (!has_room(1)) grow(1);
  *end() = c;
  ++len_;
}

void Buffer::fill(char c, size_t times) {
  reserve(times);
  memset(end(), c, times);
  len_ += times;
}

void Buffer::reserve(size_t more) {
  if (!has_room(more)) grow(more);
}

/// So that there is room for `more` bytes.
void Buffer::grow(size_t more) {
  size_t capacity = owner_ ? owner_->capacity : 0;
  size_t wanted = std::max({len_ + more, capacity * 2, size_t{48}});
  owner_ = owner_ ? owner_grow(owner_, wanted) : owner_new(wanted);
}

void Buffer::add_int(int64_t value) {
  char digits[24];
  char* at = digits + sizeof digits;
  uint64_t rest = value < 0 ? 0 - static_cast<uint64_t>(value) : static_cast<uint64_t>(value);
  do {
    *--at = static_cast<char>('0' + rest % 10);
    rest /= 10;
  } while (rest != 0);
  if (value < 0) *--at = '-';
  add(at, static_cast<size_t>(digits + sizeof digits - at));
}

void Buffer::format(const char* format, ...) {
  va_list arguments;
  va_start(arguments, format);
  vformat(format, arguments);
  va_end(arguments);
}

void Buffer::vformat(const char* format, va_list arguments) {
  va_list again;
  va_copy(again, arguments);
  int needed = vsnprintf(nullptr, 0, format, arguments);
  if (needed > 0) {
    reserve(static_cast<size_t>(needed) + 1);
    vsnprintf(end(), static_cast<size_t>(needed) + 1, format, again);
    len_ += static_cast<size_t>(needed);
  }
  va_end(again);
}

pf_str Buffer::take() {
  pf_str text{data(), len_, owner_};
  if (len_ == 0) {
    free(owner_);
    text = {};
  }
  owner_ = nullptr;
  len_ = 0;
  return text;
}

const char* Buffer::c_str() {
  reserve(1);
  *end() = '\0';
  return data();
}

}  // namespace pflow::rt
