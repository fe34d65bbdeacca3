// Streams: lists as streams, items through a pure function, and nodes that pull.
#include "runtime/src/running/stream.h"

#include <stdlib.h>
#include <string.h>

#include "runtime/src/cores/cores.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/running/pull.h"
#include "runtime/src/running/scheduler.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

constexpr size_t aligned(size_t size) { return (size + 15) & ~size_t{15}; }

// ---- a list as a stream ----

struct ListStream {
  pf_stream head;
  pf_list list;
  size_t next;
};

int32_t next_of_list(pf_stream* stream, pf_call*, void* out) {
  auto* self = reinterpret_cast<ListStream*>(stream);
  if (self->next >= list_len(self->list.head)) return PF_END;
  const pf_type* element = stream->item;
  memcpy(out, list_at(self->list.head, self->next++, element), element->size);
  pf_retain_value(out, element);
  return PF_DONE;
}

void close_list(pf_stream* stream) {
  auto* self = reinterpret_cast<ListStream*>(stream);
  list_release(self->list.head, stream->item);
  free(self);
}

constexpr pf_stream_ops kListOps = {next_of_list, close_list, nullptr};

// ---- items through a function ----

struct PipeStream {
  pf_stream head;
  Pull pull;
  pf_stream* source;
  const pf_pipe* pipe;
  void* out;  ///< where the pending item goes
  char* item;
  char* captured;
  int32_t (*flush)(const void* captured, void* out);  ///< what is still due at the end
  bool ended;
};

/// The source has no further item.
pf_status end_pipe(PipeStream* self) {
  self->ended = true;
  if (!self->flush) return PF_END;
  memset(self->out, 0, self->head.item->size);
  return self->flush(self->captured, self->out) == 1 ? PF_DONE : PF_END;
}

/// What the item that `next` gave becomes; PF_PENDING: it is dropped.
pf_status run_pipe(PipeStream* self) {
  int32_t kept = self->pipe->run(self->captured, self->item, self->out);
  pf_drop_value(self->item, self->source->item);
  if (kept == 1) return PF_DONE;
  if (kept == 0) return PF_PENDING;
  free_failure(static_cast<Failure*>(self->pull.outer->error));
  self->pull.outer->error = take_failure();
  return PF_FAILED;
}

pf_status pipe_from(PipeStream* self, pf_status next) {
  for (;;) {
    if (next == PF_PENDING) return wait_for(self->pull);
    if (next == PF_FAILED) {
      hand_over_failure(self->pull.frame.call, *self->pull.outer);
      pf_drop_value(self->item, self->source->item);  // there when it was cancelled
    }
    if (next == PF_END) return end_pipe(self);
    if (next != PF_DONE) return next;
    pf_status run = run_pipe(self);
    if (run != PF_PENDING) return run;
    next = pull_next(self->pull, self->source, self->item);
  }
}

int32_t next_of_pipe(pf_stream* stream, pf_call* call, void* out) {
  auto* self = reinterpret_cast<PipeStream*>(stream);
  if (self->ended) return PF_END;
  begin_pull(self->pull, call);
  self->pull.go_on = [](Pull* pull, pf_status next) {
    return pipe_from(pull_owner<PipeStream>(pull, offsetof(PipeStream, pull)), next);
  };
  self->out = out;
  return pipe_from(self, pull_next(self->pull, self->source, self->item));
}

void close_pipe(pf_stream* stream) {
  auto* self = reinterpret_cast<PipeStream*>(stream);
  close_stream(self->source);
  for (uint32_t i = 0; i < self->pipe->captured_count; ++i) {
    const pf_frame_slot& slot = self->pipe->captured[i];
    pf_drop_value(self->captured + slot.offset, slot.type);
  }
  free_failure(static_cast<Failure*>(self->pull.frame.call.error));
  free(self);
}

constexpr pf_stream_ops kPipeOps = {next_of_pipe, close_pipe, nullptr};

// ---- a node that pulls ----

struct Consumer {
  Pull pull;
  pf_stream* stream;
  pf_consumer ops;
  void* state;
  char* item;
};

pf_status end_consumer(Consumer* self, pf_status status) {
  pf_call* outer = self->pull.outer;
  if (status == PF_FAILED) {
    hand_over_failure(self->pull.frame.call, *outer);
    pf_drop_value(self->item, self->stream->item);  // there when it was cancelled
  }
  return self->ops.end(outer, self->state, status == PF_FAILED ? PF_FAILED : PF_DONE);
}

pf_status consume_from(Consumer* self, pf_status next) {
  pf_call* outer = self->pull.outer;
  for (;; next = pull_next(self->pull, self->stream, self->item)) {
    if (next == PF_PENDING) return wait_for(self->pull);
    if (next != PF_DONE) return end_consumer(self, next);
    pf_status taken = self->ops.take(outer, self->state, self->item);
    pf_drop_value(self->item, self->stream->item);
    if (taken == PF_DONE && is_interrupted())
      taken = pf_fail(outer, PF_E_CANCELLED, "the flow was cancelled");
    if (taken != PF_DONE) return self->ops.end(outer, self->state, PF_FAILED);
  }
}

void free_consumer(Consumer* self) {
  free_failure(static_cast<Failure*>(self->pull.frame.call.error));
  free(self);
}

/// After a suspension it goes when its frame has ended.
void end_consumer_frame(pf_frame* frame, pf_status status) {
  end_pull(frame, status);
  free_consumer(reinterpret_cast<Consumer*>(frame));
}

}  // namespace

void close_stream(pf_stream* stream) {
  if (stream && --stream->shares < 0) stream->ops->close(stream);
}

void list_stream_push(pf_stream* stream, const void* value) {
  auto* self = reinterpret_cast<ListStream*>(stream);
  self->list.head = static_cast<pf_list_head*>(pf_list_push(self->list.head, value, stream->item));
}

}  // namespace pflow::rt

using namespace pflow::rt;

int32_t pf_stream_next(void* stream, pf_call* call, void* out) {
  if (!stream) return PF_END;
  auto* source = static_cast<pf_stream*>(stream);
  memset(out, 0, source->item->size);
  return source->ops->next(source, call, out);
}

void* pf_stream_of(void* list, const pf_type* element) {
  auto* stream = static_cast<ListStream*>(allocate_zeroed(sizeof(ListStream)));
  stream->head = {.ops = &kListOps, .item = element, .shares = 0};
  stream->list.head = static_cast<pf_list_head*>(list);
  return stream;
}

void* pf_stream_pipe(void* source, const void* pipe, const void* captured) {
  auto* from = static_cast<pf_stream*>(source);
  const auto* described = static_cast<const pf_pipe*>(pipe);
  pf_stream* parted = &pf_cores ? pf_cores.pipe(from, described, captured) : nullptr;
  return parted ? parted : pf_stream_gather(from, described, captured, nullptr);
}

void* pf_stream_on_cores(void* stream) {
  auto* from = static_cast<pf_stream*>(stream);
  pf_stream* parted = &pf_cores ? pf_cores.pipe(from, nullptr, nullptr) : nullptr;
  return parted ? parted : from;
}

pf_stream* pf_stream_gather(pf_stream* from, const pf_pipe* described, const void* captured,
                            int32_t (*flush)(const void* captured, void* out)) {
  if (!from) return nullptr;
  size_t item_at = aligned(sizeof(PipeStream));
  size_t captured_at = item_at + aligned(from->item->size);
  auto* block = static_cast<char*>(allocate_zeroed(captured_at + described->captured_size));
  auto* stream = reinterpret_cast<PipeStream*>(block);
  stream->head = {.ops = &kPipeOps, .item = described->item, .shares = 0};
  stream->source = from;
  stream->pipe = described;
  stream->flush = flush;
  stream->item = block + item_at;
  stream->captured = block + captured_at;
  if (described->captured_size != 0) memcpy(stream->captured, captured, described->captured_size);
  for (uint32_t i = 0; i < described->captured_count; ++i)
    pf_retain_value(stream->captured + described->captured[i].offset, described->captured[i].type);
  return &stream->head;
}

pf_status pf_stream_consume(pf_call* call, pf_stream* stream, const pf_consumer* consumer,
                            void* state) {
  if (!stream) return consumer->end(call, state, PF_DONE);
  size_t item_at = aligned(sizeof(Consumer));
  auto* block = static_cast<char*>(allocate_zeroed(item_at + stream->item->size));
  auto* self = reinterpret_cast<Consumer*>(block);
  self->stream = stream;
  self->ops = *consumer;
  self->state = state;
  self->item = block + item_at;
  begin_pull(self->pull, call);
  self->pull.frame.ended = end_consumer_frame;
  self->pull.go_on = [](Pull* pull, pf_status next) {
    return consume_from(reinterpret_cast<Consumer*>(pull), next);
  };
  pf_status status = consume_from(self, pull_next(self->pull, stream, self->item));
  if (status != PF_PENDING) free_consumer(self);
  return status;
}
