// Stable merge sort of a list by the keys of another.
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
  [[nodiscard]] bool less(size_t a, size_t b) const {
    return pf_value_compare(list_at(list, a, type), list_at(list, b, type), type) < 0;
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

}  // namespace

void* pf_list_sort_by(void* list, void* keys, const pf_type* element, const pf_type* key) {
  auto* head = static_cast<pf_list_head*>(list);
  size_t len = head ? head->len : 0;
  if (len < 2) return head;
  auto* order = static_cast<size_t*>(allocate(2 * len * sizeof(size_t)));
  for (size_t i = 0; i < len; ++i) order[i] = i;
  merge_sort(order, order + len, 0, len, {static_cast<pf_list_head*>(keys), key});

  auto* sorted = static_cast<pf_list_head*>(allocate(sizeof(pf_list_head) + len * element->size));
  *sorted = {.count = 1, .len = len, .capacity = len, .index = nullptr};
  for (size_t i = 0; i < len; ++i)
    memcpy(list_data(sorted) + i * element->size, list_at(head, order[i], element), element->size);
  free(order);
  if (head->count == 1) {
    free(head);  // its elements have moved
    return sorted;
  }
  for (size_t i = 0; element->counted && i < len; ++i)
    pf_retain_value(list_at(sorted, i, element), element);
  list_release(head, element);
  return sorted;
}
