/// Lists: one counted block of a head and its elements.
#pragma once

#include <stdlib.h>

#include "pflow/abi.h"

namespace pflow::rt {

inline constexpr pf_type kTextType = {
    .kind = PF_STR, .size = sizeof(pf_str), .align = alignof(pf_str), .counted = 1, .name = "str"};

inline char* list_data(pf_list_head* head) { return reinterpret_cast<char*>(head + 1); }
inline const char* list_data(const pf_list_head* head) {
  return reinterpret_cast<const char*>(head + 1);
}
inline const void* list_at(const pf_list_head* head, size_t index, const pf_type* element) {
  return list_data(head) + index * element->size;
}
inline void list_release(pf_list_head* head, const pf_type* element) {
  if (head && --head->count == 0) pf_list_free(head, element);
}

/// An optional is its value, then the flag, as a C struct lays them out.
inline bool optional_has(const void* value, const pf_type* element) {
  return *(static_cast<const bool*>(value) + element->size);
}

}  // namespace pflow::rt
