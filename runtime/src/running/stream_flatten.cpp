// The items of lists that a stream gives, one list behind the other: what flat_map makes.
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "runtime/src/failures/failure.h"
#include "runtime/src/running/pull.h"
#include "runtime/src/running/stream.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

struct FlatStream {
  pf_stream head;
  Pull pull;
  pf_stream* source;
  pf_list list;  ///< whose items are given …
  size_t next;   ///< … from this one on
  void* out;     ///< where the pending item goes
};

bool give(FlatStream& self) {
  if (self.next >= list_len(self.list.head)) return false;
  const pf_type* item = self.head.item;
  memcpy(self.out, list_at(self.list.head, self.next++, item), item->size);
  pf_retain_value(self.out, item);
  return true;
}

pf_status flatten_from(FlatStream* self, pf_status next) {
  for (;;) {
    if (next == PF_PENDING) return wait_for(self->pull);
    if (next == PF_FAILED) hand_over_failure(self->pull.frame.call, *self->pull.outer);
    if (next != PF_DONE || give(*self)) return next;
    list_release(self->list.head, self->head.item);
    self->list = {};
    self->next = 0;
    next = pull_next(self->pull, self->source, &self->list);
  }
}

int32_t next_of_flat(pf_stream* stream, pf_call* call, void* out) {
  auto* self = reinterpret_cast<FlatStream*>(stream);
  begin_pull(self->pull, call);
  self->pull.go_on = [](Pull* pull, pf_status next) {
    return flatten_from(pull_owner<FlatStream>(pull, offsetof(FlatStream, pull)), next);
  };
  self->out = out;
  return flatten_from(self, PF_DONE);
}

void close_flat(pf_stream* stream) {
  auto* self = reinterpret_cast<FlatStream*>(stream);
  close_stream(self->source);
  list_release(self->list.head, stream->item);
  free_failure(static_cast<Failure*>(self->pull.frame.call.error));
  free(self);
}

constexpr pf_stream_ops kFlatOps = {next_of_flat, close_flat, nullptr};

}  // namespace
}  // namespace pflow::rt

using namespace pflow::rt;

void* pf_stream_flatten(void* source, const pf_type* element) {
  if (!source) return nullptr;
  auto* stream = static_cast<FlatStream*>(allocate_zeroed(sizeof(FlatStream)));
  stream->head = {.ops = &kFlatOps, .item = element, .shares = 0};
  stream->source = static_cast<pf_stream*>(source);
  return stream;
}
