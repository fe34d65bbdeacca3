// The functions on lists that only move items.
#include "items.h"
#include "lists.pf.hpp"

using pf_lists::Items;
using pf_lists::NewList;

namespace {

pf_list part(const pf_list& list, int64_t from, int64_t to, const pf_type* type) {
  return {static_cast<pf_list_head*>(pf_list_slice(list.head, from, to, type))};
}

void put_item(void* out, const Items& items, size_t index) {
  if (index < items.size()) pf_lists::put_optional(out, items[index], items.type());
}

}  // namespace

pf_status pfn_lists_take(pf_call* call, const take_in* in, take_out* out) {
  if (!pf_lists::check_count(call, "count", in->count, 0)) return PF_FAILED;
  out->items = part(in->items, 0, in->count, in->type_T);
  return PF_DONE;
}

pf_status pfn_lists_drop(pf_call* call, const drop_in* in, drop_out* out) {
  if (!pf_lists::check_count(call, "count", in->count, 0)) return PF_FAILED;
  out->items = part(in->items, in->count, INT64_MAX, in->type_T);
  return PF_DONE;
}

pf_status pfn_lists_first(pf_call*, const first_in* in, first_out* out) {
  put_item(out->item, Items(in->items, in->type_T), 0);
  return PF_DONE;
}

pf_status pfn_lists_last(pf_call*, const last_in* in, last_out* out) {
  Items items(in->items, in->type_T);
  put_item(out->item, items, items.size() - 1);
  return PF_DONE;
}

pf_status pfn_lists_get(pf_call*, const get_in* in, get_out* out) {
  put_item(out->item, Items(in->items, in->type_T), static_cast<size_t>(in->index));
  return PF_DONE;
}

pf_status pfn_lists_reverse(pf_call*, const reverse_in* in, reverse_out* out) {
  Items items(in->items, in->type_T);
  NewList reversed(in->type_T);
  for (size_t i = items.size(); i-- > 0;) reversed.add_shared(items[i]);
  out->items = reversed.take();
  return PF_DONE;
}

pf_status pfn_lists_concat(pf_call*, const concat_in* in, concat_out* out) {
  pf_type list = pf_lists::list_of(in->type_T);
  Items lists(in->lists, &list);
  void* joined = nullptr;
  for (size_t i = 0; i < lists.size(); ++i) {
    joined = pf_list_concat(joined, static_cast<const pf_list*>(lists[i])->head, in->type_T);
  }
  out->items = {static_cast<pf_list_head*>(joined)};
  return PF_DONE;
}

pf_status pfn_lists_chunks(pf_call* call, const chunks_in* in, chunks_out* out) {
  if (!pf_lists::check_count(call, "size", in->size, 1)) return PF_FAILED;
  auto len = static_cast<int64_t>(Items(in->items, in->type_T).size());
  pf_type list = pf_lists::list_of(in->type_T);
  NewList chunks(&list);
  for (int64_t at = 0; at < len;) {
    int64_t end = in->size < len - at ? at + in->size : len;
    pf_list chunk = part(in->items, at, end, in->type_T);
    chunks.add(&chunk);
    at = end;
  }
  out->chunks = chunks.take();
  return PF_DONE;
}

pf_status pfn_lists_zip(pf_call*, const zip_in* in, zip_out* out) {
  Items first(in->first, in->type_A), second(in->second, in->type_B);
  pf_lists::TwoParts pair(*in->type_A, *in->type_B);
  pf_lists::Room room(pair.type.size);
  NewList pairs(&pair.type);
  for (size_t i = 0; i < first.size() && i < second.size(); ++i) {
    memcpy(room.at(0), first[i], in->type_A->size);
    memcpy(room.at(pair.second), second[i], in->type_B->size);
    pf_retain_value(first[i], in->type_A);
    pf_retain_value(second[i], in->type_B);
    pairs.add(room.at(0));
  }
  out->pairs = pairs.take();
  return PF_DONE;
}

pf_status pfn_lists_enumerate(pf_call*, const enumerate_in* in, enumerate_out* out) {
  constexpr pf_type kIndex = {.kind = PF_INT, .size = 8, .align = 8};
  Items items(in->items, in->type_T);
  pf_lists::TwoParts indexed(kIndex, *in->type_T);
  pf_lists::Room room(indexed.type.size);
  NewList made(&indexed.type);
  for (size_t i = 0; i < items.size(); ++i) {
    auto index = static_cast<int64_t>(i);
    memcpy(room.at(0), &index, sizeof(index));
    memcpy(room.at(indexed.second), items[i], in->type_T->size);
    pf_retain_value(items[i], in->type_T);
    made.add(room.at(0));
  }
  out->items = made.take();
  return PF_DONE;
}
