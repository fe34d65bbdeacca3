// pf_stream_each: a flow for each item of a stream, and the stream of their results in
// the order of the items. At most `parallel` items are between the source and the
// consumer: nothing is pulled before the consumer has asked.
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "pflow/policy.h"
#include "runtime/src/failures/failure.h"
#include "runtime/src/failures/item_failure.h"
#include "runtime/src/failures/skipped.h"
#include "runtime/src/running/above.h"
#include "runtime/src/running/children.h"
#include "runtime/src/running/frame.h"
#include "runtime/src/running/pace.h"
#include "runtime/src/running/policy_check.h"
#include "runtime/src/running/retry.h"
#include "runtime/src/running/scheduler.h"
#include "runtime/src/running/skip_bound.h"
#include "runtime/src/running/stream.h"
#include "runtime/src/running/timers.h"
#include "runtime/src/running/try_state.h"
#include "runtime/src/running/waits.h"
#include "runtime/src/running/watcher.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/memory.h"

namespace pflow::rt {
namespace {

struct StreamEach {
  pf_stream head;
  pf_frame puller;  ///< waits for the source; the parent of the items' frames
  pf_stream* source;
  const pf_frame_info* flow;
  Batch batch;
  pf_policy policy;
  Budget budget;
  pf_call* consumer;  ///< who waits for the next result, or null
  void* out;
  pf_frame* first;  ///< the items in flight in their order …
  pf_frame* last;
  size_t in_flight;
  size_t running;   ///< … and how many of them have not ended
  int64_t started;  ///< items, ever
  bool pulling;
  bool holding;  ///< an item that waits for its time
  bool ended;    ///< the source has
  bool stopping;
  bool closing;
  bool counted;
  Failure* failure;  ///< why it stops
  Pace pace;
  pf_timer paced;
  pf_timer deadline;
  char* item;      ///< room for one from the source
  char* captured;  ///< a block
};

enum class Fate : unsigned char { Runs, Done, Dropped };

/// Behind the frame of an item.
struct Entry {
  pf_frame* next;
  int64_t index;
  Fate fate;
};
constexpr size_t kExtra = kRoomFor<Entry>;

/// What a flow without result gives.
constexpr pf_type kNothing = {
    .kind = PF_BOOL, .size = 0, .align = 1, .counted = 0, .name = "nothing"};

void progress(StreamEach* self);

StreamEach* owner_of(pf_frame* puller) {
  return reinterpret_cast<StreamEach*>(reinterpret_cast<char*>(puller) -
                                       offsetof(StreamEach, puller));
}

bool is_quiet(const StreamEach& self) { return self.running == 0 && !self.pulling; }

/// Nothing is pulled or started any more, what waits is cancelled.
void stop(StreamEach& self, Failure* why) {
  if (self.stopping) return free_failure(why);
  self.stopping = true;
  self.failure = why ? why : new_failure(PF_E_CANCELLED, self.batch.site, "the flow was cancelled");
  pf_timer_stop(&self.paced);
  pf_timer_stop(&self.deadline);
  for (pf_frame* child = self.first; child; child = record_of<Entry>(child)->next)
    if (record_of<Entry>(child)->fate == Fate::Runs) cancel_frame(child);
  if (self.pulling) cancel_frame(&self.puller);
}

void count(StreamEach& self) {
  if (self.counted || !self.policy.skips) return;
  self.counted = true;
  count_skipped(self.batch.site, self.batch.skipped, self.started);
}

// ---- one item ------------------------------------------------------------------------

void append(StreamEach& self, pf_frame* child) {
  if (self.last)
    record_of<Entry>(self.last)->next = child;
  else
    self.first = child;
  self.last = child;
  ++self.in_flight;
}

void drop_first(StreamEach& self) {
  pf_frame* child = self.first;
  self.first = record_of<Entry>(child)->next;
  if (!self.first) self.last = nullptr;
  --self.in_flight;
  free_frame(child, kExtra);
}

/// The failure is pending.
void item_failed(StreamEach& self, pf_frame* child) {
  Entry* entry = record_of<Entry>(child);
  entry->fate = Fate::Dropped;
  const pf_frame_slot& item = self.flow->params[0];
  Failure* failure = take_failure();
  if (self.stopping || !failure) return free_failure(failure);
  if (self.policy.skips && is_skippable(*failure)) {
    ++self.batch.skipped;
    if (g_watcher) g_watcher->item_skipped(self.batch.site, *failure, entry->index);
    if (self.consumer) mark_partial(self.consumer->frame);
    note_item(self.batch.site, *failure, entry->index, slot_in(child, item), item.type);
    pf_policy held = self.policy;
    if (self.started < kLeastForShare) held.set &= ~static_cast<uint32_t>(PF_P_SKIP_SHARE);
    Failure* many =
        too_many_skipped(held, self.batch.site, self.batch.skipped, self.started, failure);
    free_failure(failure);
    if (many) stop(self, many);
    return;
  }
  name_item(failure, entry->index, slot_in(child, item), item.type);
  stop(self, failure);
}

void take_end(StreamEach& self, pf_frame* child, pf_status status) {
  if (status == PF_FAILED) {
    item_failed(self, child);
  } else {
    record_of<Entry>(child)->fate = Fate::Done;
    ++self.batch.done;
  }
  tell_batch(self.batch, BatchChange::Item);
}

void item_ended(pf_frame* child, pf_status status) {
  StreamEach* self = owner_of(child->parent);
  --self->running;
  take_end(*self, child, status);
  progress(self);
}

/// Starts the flow of the item that is held, which moves into it.
void start_item(StreamEach& self) {
  pf_frame* child = new_frame(self.flow, kExtra);
  self.holding = false;
  if (self.started == 0) tell_batch(self.batch, BatchChange::Began);
  record_of<Entry>(child)->index = self.started++;
  child->parent = &self.puller;
  child->ended = item_ended;
  memcpy(slot_in(child, self.flow->params[0]), self.item, self.source->item->size);
  bind_params(child, 1, self.captured, {});
  append(self, child);
  self.pace.start(self.policy);
  pf_status status = start_frame(child, &self.puller, 0, self.batch.site);
  if (status == PF_PENDING)
    ++self.running;
  else
    take_end(self, child, status);
}

// ---- the source -----------------------------------------------------------------------

void take_pulled(StreamEach& self, pf_status status) {
  if (status == PF_DONE) {
    self.holding = true;
    return;
  }
  if (status == PF_END) {
    self.ended = true;
    return;
  }
  pf_drop_value(self.item, self.source->item);
  auto* failure = static_cast<Failure*>(self.puller.call.error);
  self.puller.call.error = nullptr;
  stop(self, failure);
}

pf_status resume_puller(pf_frame* frame) {
  StreamEach* self = owner_of(frame);
  self->pulling = false;
  take_pulled(*self, frame->call.status);
  progress(self);
  return PF_PENDING;
}
constexpr pf_frame_info kPuller = {
    .name = "each", .size = sizeof(pf_frame), .resume = resume_puller};

void pull(StreamEach& self) {
  self.puller.call = {};
  self.puller.call.site = self.batch.site;
  self.puller.call.frame = &self.puller;
  auto status = static_cast<pf_status>(pf_stream_next(self.source, &self.puller.call, self.item));
  if (status == PF_PENDING)
    self.pulling = true;
  else
    take_pulled(self, status);
}

bool is_paced(StreamEach& self) {
  int64_t left = self.pace.left(self.policy);
  if (left == 0) return false;
  if (self.paced.place == 0)
    pf_timer_start(&self.paced, left, [](pf_timer* timer) {
      progress(timer_owner<StreamEach>(timer, offsetof(StreamEach, paced)));
    });
  return true;
}

/// One step to one more item, when there is room for it; false: nothing has changed.
bool fill(StreamEach& self) {
  bool has_room = self.in_flight < static_cast<size_t>(self.policy.parallel);
  if (self.stopping || self.pulling || !has_room) return false;
  if (is_interrupted()) {
    stop(self, nullptr);
  } else if (self.holding) {
    if (is_paced(self)) return false;
    start_item(self);
  } else {
    if (self.ended) return false;
    pull(self);
  }
  return true;
}

// ---- the consumer ---------------------------------------------------------------------

/// PF_PENDING: not yet.
pf_status deliver(StreamEach& self) {
  if (self.stopping) return is_quiet(self) ? PF_FAILED : PF_PENDING;
  while (self.first && record_of<Entry>(self.first)->fate == Fate::Dropped) drop_first(self);
  if (!self.first && !self.ended) return PF_PENDING;
  if (!self.first) {
    Failure* many =
        too_many_skipped(self.policy, self.batch.site, self.batch.skipped, self.started, nullptr);
    if (many) stop(self, many);
    return many ? PF_FAILED : PF_END;
  }
  if (record_of<Entry>(self.first)->fate == Fate::Runs) return PF_PENDING;
  move_results(self.first, self.out);
  drop_first(self);
  return PF_DONE;
}

pf_status advance(StreamEach& self) {
  pf_status status;
  do {
    status = deliver(self);
  } while (status == PF_PENDING && fill(self));
  if (status == PF_PENDING) return status;
  if (status != PF_DONE) count(self);
  if (status == PF_FAILED) {
    give_failure(self.consumer, self.failure);
    self.failure = nullptr;
  }
  // What runs in parallel goes on while the consumer has its result; what does not, waits
  // until it asks again.
  while (self.policy.parallel > 1 && fill(self)) {
  }
  return status;
}

void free_stream(StreamEach* self) {
  count(*self);
  if (self->started != 0) tell_batch(self->batch, BatchChange::Ended);
  pf_timer_stop(&self->paced);
  pf_timer_stop(&self->deadline);
  while (self->first) drop_first(*self);
  if (self->holding) pf_drop_value(self->item, self->source->item);
  free_failure(self->failure);
  free_failure(static_cast<Failure*>(self->puller.call.error));
  close_stream(self->source);
  BlockLayout layout;
  for (uint32_t i = 1; i < self->flow->param_count; ++i) {
    const pf_type* type = self->flow->params[i].type;
    pf_drop_value(self->captured + layout.next(type), type);
  }
  free(self);
}

/// After something has happened on its own.
void progress(StreamEach* self) {
  if (self->closing) {
    if (!is_quiet(*self)) return;
    linger_end();
    return free_stream(self);
  }
  if (!self->consumer) {
    while (self->policy.parallel > 1 && fill(*self)) {
    }
    return;
  }
  pf_status status = advance(*self);
  if (status == PF_PENDING) return;
  pf_call* consumer = self->consumer;
  self->consumer = nullptr;
  pf_complete(consumer, status);
}

void cancel_next(pf_call* call) {
  auto* self = static_cast<StreamEach*>(call->state);
  stop(*self, nullptr);
  progress(self);
}

void deadline_fired(pf_timer* timer) {
  auto* self = timer_owner<StreamEach>(timer, offsetof(StreamEach, deadline));
  stop(*self,
       new_failure(PF_E_TIMEOUT, self->batch.site, "the items were not done within the deadline"));
  progress(self);
}

int32_t next_result(pf_stream* stream, pf_call* call, void* out) {
  auto* self = reinterpret_cast<StreamEach*>(stream);
  if ((self->policy.set & PF_P_DEADLINE) && self->started == 0 && self->deadline.place == 0)
    pf_timer_start(&self->deadline, self->policy.deadline, deadline_fired);
  self->puller.depth = call->frame ? call->frame->depth : 0;
  self->consumer = call;
  self->out = out;
  if (self->batch.skipped != 0) mark_partial(call->frame);
  pf_status status = advance(*self);
  if (status == PF_PENDING) {
    call->state = self;
    call->cancel = cancel_next;
  } else {
    self->consumer = nullptr;
  }
  return status;
}

void close_results(pf_stream* stream) {
  auto* self = reinterpret_cast<StreamEach*>(stream);
  if (is_quiet(*self)) return free_stream(self);
  self->closing = true;
  linger_begin();
  stop(*self, nullptr);
}

constexpr pf_stream_ops kOps = {next_result, close_results, nullptr};

constexpr size_t aligned(size_t size) { return (size + 15) & ~size_t{15}; }

size_t captured_size(const pf_frame_info* flow) {
  BlockLayout layout;
  size_t end = 0;
  for (uint32_t i = 1; i < flow->param_count; ++i) {
    const pf_type* type = flow->params[i].type;
    end = layout.next(type) + type->size;
  }
  return end;
}

}  // namespace
void stream_each_lets_pass(pf_frame* child) {
  if (child->ended != item_ended) return;
  StreamEach* self = owner_of(child->parent);
  ++self->policy.parallel;
  progress(self);
}

bool stream_each_above(pf_frame* child, Above& above) {
  if (child->ended != item_ended) return false;
  StreamEach* self = owner_of(child->parent);
  above.item = record_of<Entry>(child)->index;
  if (self->policy.set & PF_P_BUDGET) above.budget = &self->budget;
  above.outer = self->consumer ? self->consumer->frame : nullptr;
  return true;
}

}  // namespace pflow::rt

void* pf_stream_each(void* source, const void* described, const void* captured, const void* policy,
                     const pf_site* site) {
  using namespace pflow::rt;
  auto* from = static_cast<pf_stream*>(source);
  if (!from) return nullptr;
  const auto* flow = static_cast<const pf_frame_info*>(described);
  size_t item_at = aligned(sizeof(StreamEach));
  size_t captured_at = item_at + aligned(from->item->size);
  auto* block = static_cast<char*>(allocate_zeroed(captured_at + captured_size(flow)));
  auto* self = reinterpret_cast<StreamEach*>(block);
  self->head.ops = &kOps;
  self->head.item = flow->result_count == 0 ? &kNothing : flow->results[0].type;
  self->puller.info = &kPuller;
  self->source = from;
  self->flow = flow;
  self->batch = {.site = site, .items = -1};
  self->policy = with_defaults(*static_cast<const pf_policy*>(policy));
  self->policy.retry_on = {};
  self->budget.limit = self->policy.budget;
  self->item = block + item_at;
  self->captured = block + captured_at;
  BlockLayout layout;
  for (uint32_t i = 1; i < flow->param_count; ++i) {
    const pf_type* type = flow->params[i].type;
    size_t offset = layout.next(type);
    const char* value = static_cast<const char*>(captured) + offset;
    memcpy(self->captured + offset, value, type->size);
    pf_retain_value(value, type);
  }
  // Told to whoever asks for the first result.
  if (Failure* wrong = policy_problem(*static_cast<const pf_policy*>(policy), site))
    stop(*self, wrong);
  return self;
}
