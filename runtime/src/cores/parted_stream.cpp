// The stream that is made of a file by workers, part by part, and by the process itself wherever
// what they have done does not fit.
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <algorithm>
#include <new>

#include "runtime/src/cores/core_count.h"
#include "runtime/src/cores/cores.h"
#include "runtime/src/cores/workers.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/running/scheduler.h"
#include "runtime/src/running/stream.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

/// Below this workers cost more than they save.
constexpr int64_t kLeastBytes = int64_t{4} * 1024 * 1024;
/// What is read before they are started: many a flow wants no more, and the first row of a table
/// says how many fields the others have.
constexpr int64_t kFirstBytes = int64_t{256} * 1024;
constexpr int64_t kNever = INT64_MAX;

struct PartedStream {
  pf_stream head;
  const pf_places* places;
  PartedWork work;
  Workers workers;
  bool has_workers;
  bool alone;           ///< the process does the records itself …
  int64_t alone_until;  ///< … up to the first one from this offset on
  pf_place place;       ///< else: where the next piece has to begin, …
  int64_t part;         ///< … which is one of this part
  int64_t redone;       ///< parts that were not taken as workers made them
  Piece* piece;         ///< the one that is given item by item
  uint32_t given;
  pf_owner* texts;  ///< of the items of the piece
};

/// One stream of the program has workers at a time.
bool g_taken;

int64_t file_size(pf_stream* source) {
  const int file = source->ops->places->file(source);
  struct stat facts;
  return file >= 0 && fstat(file, &facts) == 0 && S_ISREG(facts.st_mode) ? facts.st_size : 0;
}

void release_texts(pf_owner* texts) {
  if (texts && --texts->count == 0) pf_owner_free(texts);
}

// ---- who does the next records -------------------------------------------------------

void stop_workers(PartedStream& self) {
  self.workers.stop();
  if (self.has_workers) g_taken = false;
  self.has_workers = false;
  self.alone_until = kNever;
}

/// From the place on, as far as the part goes: for good when that happens too often.
void go_alone(PartedStream& self) {
  constexpr int64_t kMayFail = 8;
  self.alone = true;
  self.places->go_to(self.work.source, &self.place);
  self.alone_until = self.work.part_begin(self.part + 1);
  ++self.redone;
  if (self.redone > kMayFail && self.redone > self.part / 2) stop_workers(self);
}

/// Behind the last part: a file may have grown meanwhile.
void end_parts(PartedStream& self) {
  stop_workers(self);
  self.places->go_to(self.work.source, &self.place);
  self.alone = true;
}

bool start_workers(PartedStream& self) {
  self.work.begin = self.place.offset;
  self.work.end = file_size(self.work.source);
  const int64_t parts = self.work.part_count();
  if (g_taken || parts < 2) return false;
  const size_t count = std::min(core_count(), static_cast<size_t>(parts));
  if (!self.workers.start(self.work, count)) return false;
  return g_taken = self.has_workers = true;
}

/// The process has come to where workers go on. False: there are none.
bool leave_to_workers(PartedStream& self) {
  self.place = self.places->at(self.work.source);
  if (!self.has_workers && !start_workers(self)) {
    self.alone_until = kNever;
    return false;
  }
  self.part = self.work.part_at(self.place.offset);
  self.alone = false;
  return true;
}

// ---- what workers have done ------------------------------------------------------------

/// The texts become the process's own.
void open_piece(PartedStream& self, Piece* piece) {
  self.piece = piece;
  self.given = 0;
  const size_t bytes = piece->text_bytes;
  if (!self.texts || self.texts->count != 1 || self.texts->capacity < bytes) {
    release_texts(self.texts);
    self.texts = owner_new(bytes);
  }
  memcpy(owner_bytes(self.texts), piece->bytes + Piece::kBytes - bytes, bytes);
}

void end_piece(PartedStream& self) {
  const Piece& piece = *self.piece;
  self.place.line += piece.to.line - piece.from.line;
  self.place.items += piece.to.items - piece.from.items;
  self.place.offset = piece.to.offset;
  const Ending ending = piece.ending;
  self.workers.release(self.part);
  self.piece = nullptr;
  if (ending == Ending::Failed) go_alone(self);
  if (ending == Ending::Last) ++self.part;
}

/// False: there is none that begins at the place.
bool take_piece(PartedStream& self) {
  Piece* piece = self.workers.piece_of(self.part);
  if (!piece || piece->from.offset != self.place.offset) return false;
  open_piece(self, piece);
  return true;
}

void give_item(PartedStream& self, void* out) {
  const Piece& piece = *self.piece;
  const size_t size = self.head.item->size;
  memcpy(out, piece.bytes + self.given++ * size, size);
  const char* end = owner_bytes(self.texts) + piece.text_bytes;
  for (uint32_t offset : self.work.texts) {
    auto& text = *reinterpret_cast<pf_str*>(static_cast<char*>(out) + offset);
    if (text.len == 0 || is_of_program(text)) continue;
    text.data = end - (piece.bytes + Piece::kBytes - text.data);
    text.owner = self.texts;
    ++self.texts->count;
  }
}

// ---- the stream --------------------------------------------------------------------------

/// PF_PENDING: it is the workers' turn.
pf_status next_alone(PartedStream& self, pf_call* call, void* out) {
  const PartedWork& work = self.work;
  for (;;) {
    if (self.alone_until != kNever && self.places->at(work.source).offset >= self.alone_until &&
        leave_to_workers(self))
      return PF_PENDING;
    auto status = static_cast<pf_status>(pf_stream_next(work.source, call, work.item));
    if (status != PF_DONE) return status;
    int32_t kept = work.make(out);
    if (kept == 1) return PF_DONE;
    if (kept == 0) continue;
    give_failure(call, take_failure());
    return PF_FAILED;
  }
}

int32_t next_of_parted(pf_stream* stream, pf_call* call, void* out) {
  auto& self = *reinterpret_cast<PartedStream*>(stream);
  for (;;) {
    if (self.piece && self.given < self.piece->count) {
      give_item(self, out);
      return PF_DONE;
    }
    if (self.piece) end_piece(self);
    if (self.alone) {
      pf_status status = next_alone(self, call, out);
      if (status != PF_PENDING) return status;
    } else if (self.place.offset >= self.work.end) {
      end_parts(self);
    } else if (!take_piece(self)) {
      if (is_interrupted()) return pf_fail(call, PF_E_CANCELLED, "the flow was cancelled");
      go_alone(self);
    }
  }
}

void close_parted(pf_stream* stream) {
  auto* self = reinterpret_cast<PartedStream*>(stream);
  stop_workers(*self);
  release_texts(self->texts);
  close_stream(self->work.source);
  const pf_pipe* pipe = self->work.pipe;
  for (uint32_t i = 0; pipe && i < pipe->captured_count; ++i)
    pf_drop_value(self->work.captured + pipe->captured[i].offset, pipe->captured[i].type);
  free(self->work.captured);
  free(self->work.item);
  self->~PartedStream();
  free(self);
}

constexpr pf_stream_ops kPartedOps = {next_of_parted, close_parted, nullptr};

void capture(PartedWork& work, const void* captured) {
  const pf_pipe& pipe = *work.pipe;
  work.captured = static_cast<char*>(allocate_zeroed(pipe.captured_size + size_t{1}));
  if (pipe.captured_size != 0) memcpy(work.captured, captured, pipe.captured_size);
  for (uint32_t i = 0; i < pipe.captured_count; ++i)
    pf_retain_value(work.captured + pipe.captured[i].offset, pipe.captured[i].type);
}

bool is_worth_it(pf_stream* source) {
  const pf_places* places = source ? source->ops->places : nullptr;
  return places && file_size(source) - places->at(source).offset >= kLeastBytes && core_count() > 1;
}

pf_stream* parted(pf_stream* source, const pf_pipe* pipe, const void* captured) {
  if (!is_worth_it(source)) return nullptr;
  auto* self = new (allocate_zeroed(sizeof(PartedStream))) PartedStream{};
  PartedWork& work = self->work;
  work.made = pipe ? pipe->item : source->item;
  if (!work.texts.find(work.made)) {
    self->~PartedStream();
    free(self);
    return nullptr;
  }
  work.source = source;
  work.pipe = pipe;
  work.item = static_cast<char*>(allocate_zeroed(source->item->size + size_t{1}));
  if (pipe) capture(work, captured);
  self->head = {.ops = &kPartedOps, .item = work.made, .shares = 0};
  self->places = source->ops->places;
  self->alone = true;
  self->alone_until = self->places->at(source).offset + kFirstBytes;
  return &self->head;
}

}  // namespace
}  // namespace pflow::rt

extern const pflow::rt::CoresApi pf_cores = {pflow::rt::check_core_count, pflow::rt::parted};
