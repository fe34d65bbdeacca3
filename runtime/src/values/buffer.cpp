#include "runtime/src/values/buffer.h"

#include <stdio.h>
#include <stdlib.h>

#include <algorithm>

#include "runtime/src/values/memory.h"

namespace pflow::rt {

Buffer::~Buffer() { free(owner_); }

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
