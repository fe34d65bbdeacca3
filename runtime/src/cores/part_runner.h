/// What a worker does with its parts.
#pragma once

#include "runtime/src/cores/parted_work.h"
#include "runtime/src/cores/piece_ring.h"

namespace pflow::rt {

class PartRunner {
 public:
  PartRunner(const PartedWork& work, PieceRing& ring);
  /// Hands over all of its pieces.
  void run(int64_t part);

 private:
  void begin_piece(int64_t part, const pf_place& at);
  void end_piece(Ending ending, const pf_place& at);
  bool keep(int64_t part, const pf_place& at);

  const PartedWork& work_;
  const pf_places& places_;
  PieceRing& ring_;
  Piece* piece_ = nullptr;
  char* made_;  ///< room for what becomes of an item
};

}  // namespace pflow::rt
