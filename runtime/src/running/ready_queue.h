/// Completed calls in the order of their completion.
#pragma once

#include <stdlib.h>

#include "pflow/abi.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {

/// A ring; without constructor, so that a zeroed global is an empty queue.
struct ReadyQueue {
  pf_call** calls;
  size_t capacity;  ///< a power of two
  size_t first;
  size_t count;

  [[nodiscard]] bool empty() const { return count == 0; }
  void push(pf_call* call) {
    if (count == capacity) grow();
    calls[(first + count++) & (capacity - 1)] = call;
  }
  /// Null when empty.
  pf_call* pop() {
    if (count == 0) return nullptr;
    pf_call* call = calls[first];
    first = (first + 1) & (capacity - 1);
    --count;
    return call;
  }

 private:
  void grow() {
    size_t larger = capacity == 0 ? 16 : capacity * 2;
    auto** moved = static_cast<pf_call**>(allocate(larger * sizeof(pf_call*)));
    for (size_t i = 0; i < count; ++i) moved[i] = calls[(first + i) & (capacity - 1)];
    free(calls);
    calls = moved;
    capacity = larger;
    first = 0;
  }
};

}  // namespace pflow::rt
