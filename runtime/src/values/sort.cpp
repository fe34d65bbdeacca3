// Stable merge sort of a list by the keys of another, whole or the greatest alone.
#include <stdlib.h>
#include <string.h>

#include <algorithm>

#include "runtime/src/values/list.h"
#include "runtime/src/values/memory.h"

using namespace pflow::rt;

namespace {

struct Keys {
  const pf_list_head* list;
  const pf_type* type;
  bool greatest_first;
  [[nodiscard]] bool less(size_t a, size_t b) const {
    int order = pf_value_compare(list_at(list, a, type), list_at(list, b, type), type);
    return greatest_first ? order > 0 : order < 0;
  }
};

/// Sorts the positions [first, last) of `order`; `scratch` is as long.
void merge_sort(size_t* order, size_t* scratch, size_t first, size_t last, const Keys& keys) {
  if (last - first < 12) {
    for (size_t i = first + 1; i < last; ++i)
      for (size_t j = i; j > first && keys.less(order[j], order[j - 1]); --j)
        std::swap(order[j], order[j - 1]);
    return;
  }
  size_t middle = first + (last - first) / 2;
  merge_sort(order, scratch, first, middle, keys);
  merge_sort(order, scratch, middle, last, keys);
  if (!keys.less(order[middle], order[middle - 1])) return;
  std::merge(order + first, order + middle, order + middle, order + last, scratch + first,
             [&](size_t a, size_t b) { return keys.less(a, b); });
  memcpy(order + first, scratch + first, (last - first) * sizeof(size_t));
}

/// The first `kept` of the list in the order of its keys. The list is consumed.
void* arranged(pf_list_head* head, size_t kept, const Keys& keys, const pf_type* element) {
  size_t len = head->len;
  auto* order = static_cast<size_t*>(allocate(2 * len * sizeof(size_t)));
  for (size_t i = 0; i < len; ++i) order[i] = i;
  merge_sort(order, order + len, 0, len, keys);

  auto* sorted = static_cast<pf_list_head*>(allocate(sizeof(pf_list_head) + kept * element->size));
  *sorted = {.count = 1, .len = kept, .capacity = kept, .index = nullptr};
  for (size_t i = 0; i < kept; ++i)
    memcpy(list_data(sorted) + i * element->size, list_at(head, order[i], element), element->size);
  if (head->count == 1) {
    // Its elements have moved, but for those that are not kept.
    for (size_t i = kept; element->counted && i < len; ++i)
      pf_drop_value(list_at(head, order[i], element), element);
    free(order);
    free(head);
    return sorted;
  }
  free(order);
  for (size_t i = 0; element->counted && i < kept; ++i)
    pf_retain_value(list_at(sorted, i, element), element);
  list_release(head, element);
  return sorted;
}

}  // namespace

void* pf_list_sort_by(void* list, void* keys, const pf_type* element, const pf_type* key) {
  auto* head = static_cast<pf_list_head*>(list);
  if (list_len(head) < 2) return head;
  return arranged(head, head->len, {static_cast<pf_list_head*>(keys), key, false}, element);
}

void* pf_list_top(void* list, void* keys, int64_t count, const pf_type* element,
                  const pf_type* key) {
  auto* head = static_cast<pf_list_head*>(list);
  size_t kept = std::min(list_len(head), static_cast<size_t>(std::max<int64_t>(count, 0)));
  if (kept == 0) {
    list_release(head, element);
    return nullptr;
  }
  return arranged(head, kept, {static_cast<pf_list_head*>(keys), key, true}, element);
}
