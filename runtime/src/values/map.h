/// Maps: lists of entries, with a hash index once they are more than a few.
#pragma once

#include "pflow/abi.h"

namespace pflow::rt {

/// The parts of an entry; `map` is the type of the whole map.
inline pf_str* map_key(void* entry) { return static_cast<pf_str*>(entry); }
inline const pf_str* map_key(const void* entry) { return static_cast<const pf_str*>(entry); }
inline const pf_type* map_value_type(const pf_type* map) { return map->element->fields[1].type; }
inline void* map_value(void* entry, const pf_type* map) {
  return static_cast<char*>(entry) + map->element->fields[1].offset;
}
inline const void* map_value(const void* entry, const pf_type* map) {
  return static_cast<const char*>(entry) + map->element->fields[1].offset;
}

/// Differs from run to run.
uint64_t hash_of(const pf_str& key);

/// The entry with that key, or null; borrowed, and the caller's to change when nobody
/// else holds the map.
void* map_entry(pf_list_head* head, const pf_str& key, const pf_type* map);

}  // namespace pflow::rt
