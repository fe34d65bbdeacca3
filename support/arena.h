/// Bump allocator for the AST: objects live until the arena dies and are never
/// destroyed one by one, so only trivially destructible types go in.
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <type_traits>
#include <utility>
#include <vector>

namespace pflow {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;

  template <typename T, typename... Args>
  T* make(Args&&... args) {
    static_assert(std::is_trivially_destructible_v<T>);
    return new (allocate(sizeof(T), alignof(T))) T{std::forward<Args>(args)...};
  }

  /// Forgets all objects; what follows takes the place of the first ones.
  void clear() {
    if (chunks_.empty()) return;
    chunks_.resize(1);
    capacity_ = first_;
    used_ = 0;
  }

  /// Copies a vector into the arena.
  template <typename T>
  std::span<T> copy(const std::vector<T>& from) {
    return copy(std::span<const T>(from));
  }
  template <typename T>
  std::span<T> copy(std::span<const T> from) {
    static_assert(std::is_trivially_destructible_v<T>);
    if (from.empty()) return {};
    T* to = static_cast<T*>(allocate(sizeof(T) * from.size(), alignof(T)));
    std::uninitialized_copy(from.begin(), from.end(), to);
    return {to, from.size()};
  }

 private:
  void* allocate(size_t size, size_t align) {
    size_t at = (used_ + align - 1) & ~(align - 1);
    if (chunks_.empty() || at + size > capacity_) {
      capacity_ = size > kChunk ? size : kChunk;
      chunks_.push_back(std::make_unique_for_overwrite<std::byte[]>(capacity_));
      if (chunks_.size() == 1) first_ = capacity_;
      at = 0;
    }
    used_ = at + size;
    return chunks_.back().get() + at;
  }

  static constexpr size_t kChunk = size_t{64} * 1024;
  std::vector<std::unique_ptr<std::byte[]>> chunks_;
  size_t used_ = 0;
  size_t capacity_ = 0;
  size_t first_ = 0;  ///< capacity of the first chunk
};

}  // namespace pflow
