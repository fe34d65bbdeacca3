/// A growing row of structs that may be copied byte by byte.
#pragma once

#include <stdlib.h>

#include <type_traits>

#include "runtime/src/values/memory.h"

namespace pflow::rt {

template <typename T>
class Row {
  static_assert(std::is_trivially_copyable_v<T>);

 public:
  Row() = default;
  Row(const Row&) = delete;
  Row& operator=(const Row&) = delete;
  ~Row() { free(data_); }

  /// The value may not stand in the row itself.
  T& add(const T& value) {
    if (size_ == capacity_) {
      capacity_ = capacity_ == 0 ? 16 : capacity_ * 2;
      // NOLINTNEXTLINE(bugprone-sizeof-expression): rows of pointers, too
      data_ = static_cast<T*>(reallocate(data_, capacity_ * sizeof(T)));
    }
    return data_[size_++] = value;
  }
  /// Drops what stands behind the first `size`.
  void cut(size_t size) { size_ = size; }

  [[nodiscard]] size_t size() const { return size_; }
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] T* data() { return data_; }
  T& operator[](size_t index) { return data_[index]; }
  const T& operator[](size_t index) const { return data_[index]; }
  T& last() { return data_[size_ - 1]; }
  T* begin() { return data_; }
  T* end() { return data_ + size_; }
  const T* begin() const { return data_; }
  const T* end() const { return data_ + size_; }

 private:
  T* data_ = nullptr;
  size_t size_ = 0;
  size_t capacity_ = 0;
};

}  // namespace pflow::rt
