#include "runtime/src/values/list.h"

#include <string.h>

#include <algorithm>

#include "runtime/src/values/memory.h"

using namespace pflow::rt;

namespace {

pf_list_head* new_list(size_t capacity, const pf_type* element) {
  auto* head =
      static_cast<pf_list_head*>(allocate(sizeof(pf_list_head) + capacity * element->size));
  *head = {.count = 1, .len = 0, .capacity = capacity, .index = nullptr};
  return head;
}

/// Appends copies of `count` elements of `from`; there is room.
void append_copies(pf_list_head* to, const pf_list_head* from, size_t first, size_t count,
                   const pf_type* element) {
  if (count == 0) return;
  memcpy(list_data(to) + to->len * element->size, list_at(from, first, element),
         count * element->size);
  for (size_t i = 0; element->counted && i < count; ++i)
    pf_retain_value(list_at(to, to->len + i, element), element);
  to->len += count;
}

/// A list with the elements of `head`, whose reference it takes, and room for `more`:
/// the same one grown when nobody else holds it, else a copy.
pf_list_head* own_with_room(pf_list_head* head, size_t more, const pf_type* element) {
  if (!head) return new_list(std::max<size_t>(more, 4), element);
  size_t needed = head->len + more;
  size_t capacity = needed > head->capacity ? std::max(needed, head->capacity * 2) : head->capacity;
  if (head->count == 1) {
    if (capacity == head->capacity) return head;
    head = static_cast<pf_list_head*>(
        reallocate(head, sizeof(pf_list_head) + capacity * element->size));
    head->capacity = capacity;
    return head;
  }
  pf_list_head* copy = new_list(std::max(needed, head->len * 2), element);
  append_copies(copy, head, 0, head->len, element);
  list_release(head, element);
  return copy;
}

/// Lists may hold lists a million deep: beyond some depth their release waits until the
/// outermost one is done, so that the stack does not grow with the data.
struct Release {
  pf_list_head* head;
  const pf_type* element;
};
constexpr size_t kMaxDepth = 256;
struct Releases {
  size_t depth;
  Release* waiting;
  size_t count;
  size_t capacity;

  void defer(pf_list_head* head, const pf_type* element) {
    if (count == capacity) {
      capacity = std::max<size_t>(capacity * 2, 64);
      waiting = static_cast<Release*>(reallocate(waiting, capacity * sizeof(Release)));
    }
    waiting[count++] = {head, element};
  }
};
Releases g_releases;

void release_elements(pf_list_head* head, const pf_type* element) {
  for (size_t i = 0; i < head->len; ++i)
    pf_drop_value(list_data(head) + i * element->size, element);
  free(head->index);
  free(head);
}

}  // namespace

namespace pflow::rt {

void* list_add_zeroed(pf_list& list, const pf_type* element) {
  list.head = own_with_room(list.head, 1, element);
  void* added = list_at(list.head, list.head->len++, element);
  memset(added, 0, element->size);
  return added;
}

void list_make_own(pf_list& list, const pf_type* element) {
  if (list.head && list.head->count > 1) list.head = own_with_room(list.head, 1, element);
}

void* optional_fill(void* value, const pf_type* optional) {
  if (is_boxed(optional)) return list_add_zeroed(*static_cast<pf_list*>(value), optional->element);
  *(static_cast<bool*>(value) + optional->element->size) = true;
  return value;
}

}  // namespace pflow::rt

void pf_list_free(void* list, const pf_type* element) {
  auto* head = static_cast<pf_list_head*>(list);
  if (!element->counted) {
    free(head->index);
    return free(head);
  }
  if (g_releases.depth == kMaxDepth) return g_releases.defer(head, element);
  ++g_releases.depth;
  release_elements(head, element);
  while (g_releases.depth == 1 && g_releases.count != 0) {
    Release next = g_releases.waiting[--g_releases.count];
    release_elements(next.head, next.element);
  }
  --g_releases.depth;
}

void* pf_list_make(const void* elements, int64_t count, const pf_type* element) {
  if (count == 0) return nullptr;
  pf_list_head* head = new_list(static_cast<size_t>(count), element);
  memcpy(list_data(head), elements, static_cast<size_t>(count) * element->size);
  head->len = static_cast<size_t>(count);
  return head;
}

void* pf_list_push(void* list, const void* value, const pf_type* element) {
  pf_list_head* head = own_with_room(static_cast<pf_list_head*>(list), 1, element);
  void* added = list_at(head, head->len++, element);
  memcpy(added, value, element->size);
  if (element->kind == PF_STR) text_detach(*static_cast<pf_str*>(added));
  return head;
}

void* pf_list_concat(void* first, void* second, const pf_type* element) {
  auto* head = static_cast<pf_list_head*>(first);
  auto* more = static_cast<pf_list_head*>(second);
  if (!more || more->len == 0) return head;
  bool same = head == more;
  size_t count = more->len;
  if (!head) {
    ++more->count;
    return more;
  }
  head = own_with_room(head, count, element);
  append_copies(head, same ? head : more, 0, count, element);
  return head;
}

void* pf_list_slice(void* list, int64_t from, int64_t to, const pf_type* element) {
  auto* head = static_cast<pf_list_head*>(list);
  int64_t len = head ? static_cast<int64_t>(head->len) : 0;
  from = std::clamp<int64_t>(from, 0, len);
  to = std::clamp<int64_t>(to, from, len);
  if (from == to) return nullptr;
  if (to - from == len) {
    ++head->count;
    return head;
  }
  auto count = static_cast<size_t>(to - from);
  pf_list_head* part = new_list(count, element);
  append_copies(part, head, static_cast<size_t>(from), count, element);
  return part;
}

bool pf_list_contains(void* list, const void* value, const pf_type* element) {
  auto* head = static_cast<pf_list_head*>(list);
  for (size_t i = 0; head && i < head->len; ++i)
    if (pf_value_equal(list_at(head, i, element), value, element)) return true;
  return false;
}
