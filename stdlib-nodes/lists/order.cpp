// What depends on the order of items or on their equality, and numbers: sort, min, max,
// unique, sum, range.
#include "hash.h"
#include "items.h"
#include "lists.pf.hpp"

using pf_lists::Items;
using pf_lists::NewList;

namespace {

/// The first item that stands before (-1) or behind (1) all others.
void put_extreme(void* out, const Items& items, int32_t side) {
  if (items.size() == 0) return;
  size_t found = 0;
  for (size_t i = 1; i < items.size(); ++i) {
    if (pf_value_compare(items[i], items[found], items.type()) == side) found = i;
  }
  pf_lists::put_optional(out, items[found], items.type());
}

/// Positions of items by hash: a table of indices plus one, 0 where nothing is.
class Seen {
 public:
  explicit Seen(const Items& items) : items_(items) {
    size_t slots = 16;
    while (slots < items.size() * 2) slots *= 2;
    mask_ = slots - 1;
    slots_ = static_cast<size_t*>(calloc(slots, sizeof(size_t)));
    if (!slots_) pf_out_of_memory();
  }
  Seen(const Seen&) = delete;
  Seen& operator=(const Seen&) = delete;
  ~Seen() { free(slots_); }

  /// False when an equal item was added before.
  bool add(size_t index) {
    const pf_type* type = items_.type();
    size_t at = pf_lists::hash(items_[index], type) & mask_;
    for (; slots_[at] != 0; at = (at + 1) & mask_) {
      if (pf_value_equal(items_[slots_[at] - 1], items_[index], type)) return false;
    }
    slots_[at] = index + 1;
    return true;
  }

 private:
  const Items& items_;
  size_t* slots_;
  size_t mask_;
};

pf_status too_large(pf_call* call) {
  return pf_fail(call, PF_E_VALUE, "the result does not fit into 64 bits");
}

/// How many numbers there are from `from` to before `to`.
uint64_t steps(int64_t from, int64_t to, int64_t step) {
  bool down = step < 0;
  if (down ? from <= to : from >= to) return 0;
  uint64_t way = down ? static_cast<uint64_t>(from) - static_cast<uint64_t>(to)
                      : static_cast<uint64_t>(to) - static_cast<uint64_t>(from);
  uint64_t stride = down ? -static_cast<uint64_t>(step) : static_cast<uint64_t>(step);
  return (way - 1) / stride + 1;
}

}  // namespace

pf_status pfn_lists_sort(pf_call*, const sort_in* in, sort_out* out) {
  const pf_type* type = in->type_Ordered;
  pf_list items = in->items;
  if (items.head) ++items.head->count;
  void* sorted = pf_list_sort_by(items.head, in->items.head, type, type);
  out->sorted = {static_cast<pf_list_head*>(sorted)};
  return PF_DONE;
}

pf_status pfn_lists_min(pf_call*, const min_in* in, min_out* out) {
  put_extreme(out->item, Items(in->items, in->type_Ordered), -1);
  return PF_DONE;
}

pf_status pfn_lists_max(pf_call*, const max_in* in, max_out* out) {
  put_extreme(out->item, Items(in->items, in->type_Ordered), 1);
  return PF_DONE;
}

pf_status pfn_lists_unique(pf_call*, const unique_in* in, unique_out* out) {
  Items items(in->items, in->type_T);
  Seen seen(items);
  NewList made(in->type_T);
  for (size_t i = 0; i < items.size(); ++i) {
    if (seen.add(i)) made.add_shared(items[i]);
  }
  out->items = made.take();
  return PF_DONE;
}

pf_status pfn_lists_sum(pf_call* call, const sum_in* in, sum_out* out) {
  Items items(in->items, in->type_Number);
  if (in->type_Number->kind == PF_FLOAT) {
    double total = 0;
    for (size_t i = 0; i < items.size(); ++i) total += *static_cast<const double*>(items[i]);
    memcpy(out->total, &total, sizeof(total));
    return PF_DONE;
  }
  int64_t total = 0;
  for (size_t i = 0; i < items.size(); ++i) {
    if (__builtin_add_overflow(total, *static_cast<const int64_t*>(items[i]), &total)) {
      return too_large(call);
    }
  }
  memcpy(out->total, &total, sizeof(total));
  return PF_DONE;
}

pf_status pfn_lists_range(pf_call* call, const range_in* in, range_out* out) {
  constexpr uint64_t kMost = uint64_t{1} << 32;
  constexpr pf_type kInt = {.kind = PF_INT, .size = 8, .align = 8};
  if (in->step == 0) return pf_fail(call, PF_E_VALUE, "`step` is 0");
  int64_t from = in->to.has ? in->from : 0;
  uint64_t count = steps(from, in->to.has ? in->to.value : in->from, in->step);
  if (count > kMost) {
    return pf_fail(call, PF_E_VALUE, "the range has %llu numbers, more than a list can hold",
                   static_cast<unsigned long long>(count));
  }
  pf_list_head* head = nullptr;
  for (uint64_t i = 0; i < count; ++i) {
    auto number =
        static_cast<int64_t>(static_cast<uint64_t>(from) + i * static_cast<uint64_t>(in->step));
    // In place while there is room: a range is often as long as all that comes after it.
    if (head && head->len < head->capacity)
      reinterpret_cast<int64_t*>(head + 1)[head->len++] = number;
    else
      head = static_cast<pf_list_head*>(pf_list_push(head, &number, &kInt));
  }
  out->numbers = {head};
  return PF_DONE;
}
