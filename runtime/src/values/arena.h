/// Memory that is given back all at once.
#pragma once

#include <stdlib.h>

#include <cstring>
#include <string_view>

#include "runtime/src/values/memory.h"

namespace pflow::rt {

class Arena {
 public:
  Arena() = default;
  Arena(const Arena&) = delete;
  Arena& operator=(const Arena&) = delete;
  ~Arena() { release(take()); }

  /// Aligned for anything.
  [[nodiscard]] void* room(size_t bytes) {
    bytes = (bytes + kAlign - 1) & ~(kAlign - 1);
    if (bytes > left_) add_block(bytes);
    char* given = at_;
    at_ += bytes;
    left_ -= bytes;
    return given;
  }
  [[nodiscard]] std::string_view copy(std::string_view text) {
    if (text.empty()) return {};
    char* copied = static_cast<char*>(room(text.size()));
    memcpy(copied, text.data(), text.size());
    return {copied, text.size()};
  }

  /// Hands all of its memory over, to be given back by `release`.
  [[nodiscard]] void* take() {
    void* taken = blocks_;
    blocks_ = nullptr;
    left_ = 0;
    return taken;
  }
  static void release(void* taken) {
    auto* block = static_cast<Block*>(taken);
    while (block) {
      Block* next = block->next;
      free(block);
      block = next;
    }
  }

 private:
  static constexpr size_t kAlign = alignof(max_align_t);
  static constexpr size_t kBlock = size_t{64} * 1024;
  struct alignas(kAlign) Block {
    Block* next;
  };

  void add_block(size_t wanted) {
    size_t bytes = wanted < kBlock ? kBlock : wanted;
    auto* block = static_cast<Block*>(allocate(sizeof(Block) + bytes));
    block->next = blocks_;
    blocks_ = block;
    at_ = reinterpret_cast<char*>(block + 1);
    left_ = bytes;
  }

  Block* blocks_ = nullptr;
  char* at_ = nullptr;
  size_t left_ = 0;
};

}  // namespace pflow::rt
