#include "runtime/src/cores/piece_ring.h"

#include <linux/futex.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

namespace pflow::rt {
namespace {

// A futex of shared memory is its number alone.
static_assert(sizeof(std::atomic<uint32_t>) == sizeof(uint32_t));

void wait_while(std::atomic<uint32_t>& number, uint32_t value, const timespec* patience) {
  syscall(SYS_futex, &number, FUTEX_WAIT, value, patience, nullptr, 0);
}

void add_one(std::atomic<uint32_t>& number) {
  number.fetch_add(1, std::memory_order_release);
  syscall(SYS_futex, &number, FUTEX_WAKE, 1, nullptr, nullptr, 0);
}

}  // namespace

bool Piece::add(const void* value, size_t size, const TextPlaces& texts) {
  size_t moved = 0;
  for (uint32_t offset : texts) {
    const auto& text = *reinterpret_cast<const pf_str*>(static_cast<const char*>(value) + offset);
    if (!is_of_program(text)) moved += text.len;
  }
  const size_t used = (count + size_t{1}) * size + text_bytes;
  if (used > kBytes || moved > kBytes - used) return false;
  char* copy = bytes + count * size;
  memcpy(copy, value, size);
  for (uint32_t offset : texts) {
    auto& text = *reinterpret_cast<pf_str*>(copy + offset);
    if (text.len == 0) text = {};
    if (text.len == 0 || is_of_program(text)) continue;
    text_bytes += static_cast<uint32_t>(text.len);
    char* end = bytes + kBytes;
    memcpy(end - text_bytes, text.data, text.len);
    text.data = end - text_bytes;
    text.owner = nullptr;
  }
  ++count;
  return true;
}

Piece& PieceRing::free_piece() {
  const uint32_t made = made_.load(std::memory_order_relaxed);
  for (;;) {
    const uint32_t taken = taken_.load(std::memory_order_acquire);
    if (made - taken < kPieces) return pieces_[made % kPieces];
    wait_while(taken_, taken, nullptr);
  }
}

void PieceRing::hand_over() { add_one(made_); }

Piece* PieceRing::oldest(int patience) {
  const uint32_t taken = taken_.load(std::memory_order_relaxed);
  const timespec time = {0, patience * 1'000'000L};
  if (made_.load(std::memory_order_acquire) == taken) wait_while(made_, taken, &time);
  return made_.load(std::memory_order_acquire) == taken ? nullptr : &pieces_[taken % kPieces];
}

void PieceRing::release() { add_one(taken_); }

}  // namespace pflow::rt
