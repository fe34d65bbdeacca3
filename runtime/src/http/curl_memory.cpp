#include "runtime/src/http/curl_memory.h"

#include <stdlib.h>
#include <string.h>

#include <algorithm>
#include <cstddef>

#include "runtime/src/http/curl_library.h"

namespace pflow {
namespace {

constexpr size_t kStep = 32, kLargest = 1024, kSizes = kLargest / kStep + 1;

/// What stands in front of a block. `steps`: its size in units of kStep; 0: larger than kLargest.
struct alignas(std::max_align_t) Head {
  size_t steps;
  Head* next;  ///< while it is at hand
};

/// Those at hand by their steps. Null but in the thread that makes the requests.
thread_local Head** t_at_hand;

Head* head_of(void* block) { return static_cast<Head*>(block) - 1; }

void* take(size_t bytes) {
  const size_t steps = bytes > kLargest ? 0 : std::max<size_t>(1, (bytes + kStep - 1) / kStep);
  if (t_at_hand && steps != 0 && t_at_hand[steps]) {
    Head* head = t_at_hand[steps];
    t_at_hand[steps] = head->next;
    return head + 1;
  }
  auto* head = static_cast<Head*>(malloc(sizeof(Head) + std::max(bytes, steps * kStep)));  // NOLINT
  if (!head) return nullptr;
  head->steps = steps;
  return head + 1;
}

void give_back(void* block) {
  if (!block) return;
  Head* head = head_of(block);
  if (!t_at_hand || head->steps == 0) return free(head);
  head->next = t_at_hand[head->steps];
  t_at_hand[head->steps] = head;
}

void* resize(void* block, size_t bytes) {
  if (!block) return take(bytes);
  Head* head = head_of(block);
  if (head->steps == 0 && bytes > kLargest) {
    auto* grown = static_cast<Head*>(realloc(head, sizeof(Head) + bytes));
    return grown ? grown + 1 : nullptr;
  }
  const size_t room = head->steps * kStep;
  if (bytes <= room) return block;
  void* moved = take(bytes);
  if (!moved) return nullptr;
  memcpy(moved, block, room == 0 ? bytes : room);
  give_back(block);
  return moved;
}

void* take_zeroed(size_t count, size_t size) {
  size_t bytes;
  if (__builtin_mul_overflow(count, size, &bytes)) return nullptr;
  void* block = take(bytes);
  return block ? memset(block, 0, bytes) : nullptr;
}

char* copy_text(const char* text) {
  const size_t bytes = strlen(text) + 1;
  void* block = take(bytes);
  return block ? static_cast<char*>(memcpy(block, text, bytes)) : nullptr;
}

}  // namespace

CURLcode start_curl_with_memory() {
  static Head* at_hand[kSizes];
  // AddressSanitizer is to see what is used after it was given back.
  if (!__has_feature(address_sanitizer)) t_at_hand = at_hand;
  return g_curl.global_init_mem(CURL_GLOBAL_DEFAULT, take, give_back, resize, copy_text,
                                take_zeroed);
}

}  // namespace pflow
