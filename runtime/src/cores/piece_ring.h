/// What a worker hands over: pieces of its parts, in shared memory that both sides have at the
/// same address.
#pragma once

#include <stddef.h>
#include <stdint.h>

#include <atomic>

#include "pflow/abi.h"
#include "runtime/src/cores/text_places.h"

namespace pflow::rt {

enum class Ending : uint8_t {
  More,   ///< the piece is full: the part goes on in the next one
  Last,   ///< the part is done
  Failed  ///< the record behind the piece is to be done by the process itself
};

struct Piece {
  static constexpr size_t kBytes = size_t{256} * 1024;

  int64_t part;
  pf_place from, to;  ///< line and items count from anywhere
  Ending ending;
  uint32_t count;
  uint32_t text_bytes;
  alignas(64) char bytes[kBytes];  ///< values from its start, their texts before its end

  void clear() { count = text_bytes = 0; }
  /// Copies a value, which stays the caller's; false: there is no room.
  [[nodiscard]] bool add(const void* value, size_t size, const TextPlaces& texts);
};

/// One worker fills it and one process empties it.
class PieceRing {
 public:
  /// The worker: the piece to fill next, once there is one.
  Piece& free_piece();
  void hand_over();

  /// The process: the oldest piece; null when there is none after about so many milliseconds.
  Piece* oldest(int patience);
  void release();

 private:
  static constexpr uint32_t kPieces = 4;

  std::atomic<uint32_t> made_;
  std::atomic<uint32_t> taken_;
  Piece pieces_[kPieces];
};

}  // namespace pflow::rt
