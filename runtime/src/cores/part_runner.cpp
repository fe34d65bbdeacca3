#include "runtime/src/cores/part_runner.h"

#include <algorithm>

#include "runtime/src/values/memory.h"

namespace pflow::rt {

PartRunner::PartRunner(const PartedWork& work, PieceRing& ring)
    : work_(work),
      places_(*work.source->ops->places),
      ring_(ring),
      made_(static_cast<char*>(allocate(work.made->size + size_t{1}))) {}

void PartRunner::begin_piece(int64_t part, const pf_place& at) {
  piece_ = &ring_.free_piece();
  piece_->part = part;
  piece_->from = at;
  piece_->clear();
}

void PartRunner::end_piece(Ending ending, const pf_place& at) {
  piece_->to = at;
  piece_->ending = ending;
  ring_.hand_over();
}

/// Adds what was made of the record at that place, to another piece when this one is full.
bool PartRunner::keep(int64_t part, const pf_place& at) {
  const pf_type* type = work_.made;
  bool added = piece_->add(made_, type->size, work_.texts);
  if (!added && piece_->count != 0) {
    end_piece(Ending::More, at);
    begin_piece(part, at);
    added = piece_->add(made_, type->size, work_.texts);
  }
  pf_drop_value(made_, type);
  return added;
}

void PartRunner::run(int64_t part) {
  const int64_t end = std::min(work_.part_begin(part + 1), work_.end);
  places_.begin_at(work_.source, work_.part_begin(part));
  begin_piece(part, places_.at(work_.source));
  for (;;) {
    const pf_place at = places_.at(work_.source);
    if (at.offset >= end) return end_piece(Ending::Last, at);
    pf_call call = {};
    const int32_t status = pf_stream_next(work_.source, &call, work_.item);
    if (status == PF_END) return end_piece(Ending::Last, places_.at(work_.source));
    if (status != PF_DONE) return end_piece(Ending::Failed, at);
    const int32_t kept = work_.make(made_);
    if (kept == 0) continue;
    if (kept != 1 || !keep(part, at)) return end_piece(Ending::Failed, at);
  }
}

}  // namespace pflow::rt
