// The functions on streams: take, drop, enumerate, chunks, unique. Each gives a stream that pulls
// from the one it takes as it is pulled itself.
#include "hash.h"
#include "items.h"
#include "lists.pf.hpp"
#include "stream_types.h"

namespace {

using pf_lists::Items;
using pf_lists::State;

/// What becomes the owner of a stream that the caller goes on to give back.
pf_stream* shared(pf_stream* stream) {
  if (stream) ++stream->shares;
  return stream;
}

// ---- take ----

struct TakeStream {
  pf_stream head;
  pf_stream* source;
  int64_t left;
};

int32_t take_next(pf_stream* stream, pf_call* call, void* out) {
  auto* self = reinterpret_cast<TakeStream*>(stream);
  if (self->left == 0) return PF_END;
  --self->left;
  return pf_stream_next(self->source, call, out);
}

void take_close(pf_stream* stream) {
  auto* self = reinterpret_cast<TakeStream*>(stream);
  if (--self->source->shares < 0) self->source->ops->close(self->source);
  free(self);
}

constexpr pf_stream_ops kTake = {take_next, take_close, nullptr};

// ---- what a pipe of the runtime does, with a state of its own ----

State* state_of(const void* captured) {
  return const_cast<State*>(static_cast<const State*>(captured));
}

/// Hands over one more reference to an item.
void put(const void* item, const pf_type* type, char* to) {
  memcpy(to, item, type->size);
  pf_retain_value(item, type);
}

int32_t run_drop(const void* captured, const void* item, void* out) {
  State* state = state_of(captured);
  if (state->count > 0) {
    --state->count;
    return 0;
  }
  put(item, state->item, static_cast<char*>(out));
  return 1;
}

int32_t run_enumerate(const void* captured, const void* item, void* out) {
  State* state = state_of(captured);
  int64_t index = state->count++;
  auto* to = static_cast<char*>(out);
  memcpy(to, &index, sizeof(index));
  put(item, state->item, to + pf_lists::stream_types(state->item).indexed_fields[1].offset);
  return 1;
}

int32_t give_chunk(State* state, void* out) {
  if (!state->chunk.head) return 0;
  *static_cast<pf_list*>(out) = state->chunk;
  state->chunk = {};
  return 1;
}

int32_t run_chunks(const void* captured, const void* item, void* out) {
  State* state = state_of(captured);
  pf_retain_value(item, state->item);
  void* grown = pf_list_push(state->chunk.head, item, state->item);
  state->chunk.head = static_cast<pf_list_head*>(grown);
  if (static_cast<int64_t>(state->chunk.head->len) < state->count) return 0;
  return give_chunk(state, out);
}

int32_t flush_chunks(const void* captured, void* out) {
  return give_chunk(state_of(captured), out);
}

// ---- unique ----

/// Positions plus one of the items that have come, by their hash; 0: nothing stands there. Their
/// list owns it.
struct Places {
  size_t mask;
  size_t slots[];
};

/// Where an equal item stands, or what is to be its place.
size_t& place_of(const void* item, const Items& came, Places& places) {
  size_t at = pf_lists::hash(item, came.type()) & places.mask;
  while (places.slots[at] != 0 && !pf_value_equal(came[places.slots[at] - 1], item, came.type()))
    at = (at + 1) & places.mask;
  return places.slots[at];
}

/// With room for one more.
Places& places_of(pf_list came, const pf_type* type) {
  constexpr size_t kFirst = 64;
  auto* before = static_cast<Places*>(came.head->index);
  if (before && came.head->len * 2 <= before->mask) return *before;
  const size_t slots = before ? (before->mask + 1) * 2 : kFirst;
  auto* made = static_cast<Places*>(calloc(1, sizeof(Places) + slots * sizeof(size_t)));
  if (!made) pf_out_of_memory();
  made->mask = slots - 1;
  const Items items(came, type);
  for (size_t i = 0; i < items.size(); ++i) place_of(items[i], items, *made) = i + 1;
  free(came.head->index);
  came.head->index = made;
  return *made;
}

int32_t run_unique(const void* captured, const void* item, void* out) {
  State* state = state_of(captured);
  pf_list& came = state->chunk;
  if (came.head && place_of(item, Items(came, state->item), places_of(came, state->item)) != 0)
    return 0;
  pf_retain_value(item, state->item);
  came.head = static_cast<pf_list_head*>(pf_list_push(came.head, item, state->item));
  place_of(item, Items(came, state->item), places_of(came, state->item)) = came.head->len;
  put(item, state->item, static_cast<char*>(out));
  return 1;
}

/// The stream that a function makes of the items of another; `pipe` outlives it.
pf_stream* piped(pf_stream* source, pf_pipe& pipe, const pf_type* item,
                 int32_t (*run)(const void*, const void*, void*), const State& state,
                 int32_t (*flush)(const void*, void*) = nullptr) {
  const pf_lists::StreamTypes& types = pf_lists::stream_types(state.item);
  pipe = {run, item, &types.chunk_slot, 1, sizeof(State)};
  return pf_stream_gather(shared(source), &pipe, &state, flush);
}

}  // namespace

pf_status pfn_lists_stream_take(pf_call* call, const stream_take_in* in, stream_take_out* out) {
  if (!pf_lists::check_count(call, "count", in->count, 0)) return PF_FAILED;
  if (!in->items) return PF_DONE;
  auto* stream = static_cast<TakeStream*>(calloc(1, sizeof(TakeStream)));
  if (!stream) pf_out_of_memory();
  stream->head.ops = &kTake;
  stream->head.item = in->items->item;
  stream->source = shared(in->items);
  stream->left = in->count;
  out->items = &stream->head;
  return PF_DONE;
}

pf_status pfn_lists_stream_drop(pf_call* call, const stream_drop_in* in, stream_drop_out* out) {
  if (!pf_lists::check_count(call, "count", in->count, 0)) return PF_FAILED;
  pf_lists::StreamTypes& types = pf_lists::stream_types(in->type_T);
  out->items = piped(in->items, types.drop, in->type_T, run_drop, {in->count, in->type_T, {}});
  return PF_DONE;
}

pf_status pfn_lists_stream_enumerate(pf_call*, const stream_enumerate_in* in,
                                     stream_enumerate_out* out) {
  pf_lists::StreamTypes& types = pf_lists::stream_types(in->type_T);
  out->items =
      piped(in->items, types.enumerate, &types.indexed, run_enumerate, {0, in->type_T, {}});
  return PF_DONE;
}

pf_status pfn_lists_stream_chunks(pf_call* call, const stream_chunks_in* in,
                                  stream_chunks_out* out) {
  if (!pf_lists::check_count(call, "size", in->size, 1)) return PF_FAILED;
  pf_lists::StreamTypes& types = pf_lists::stream_types(in->type_T);
  State state = {in->size, in->type_T, {}};
  out->chunks = piped(in->items, types.chunks, &types.list, run_chunks, state, flush_chunks);
  return PF_DONE;
}

pf_status pfn_lists_stream_unique(pf_call*, const stream_unique_in* in, stream_unique_out* out) {
  pf_lists::StreamTypes& types = pf_lists::stream_types(in->type_T);
  out->items = piped(in->items, types.unique, in->type_T, run_unique, {0, in->type_T, {}});
  return PF_DONE;
}
