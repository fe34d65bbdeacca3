// The functions on maps. A map is a list of entries of a key and a value.
#include "items.h"
#include "lists.pf.hpp"

using pf_lists::Items;
using pf_lists::NewList;

namespace {

constexpr pf_type kText = {
    .kind = PF_STR, .size = sizeof(pf_str), .align = alignof(pf_str), .counted = 1, .name = "str"};

/// The type of a map with values of some type, and of its entries.
class MapType {
 public:
  explicit MapType(const pf_type* value) : entry_(kText, *value), value_(value) {
    fields_[0] = {.name = "key", .wire = "key", .type = &kText};
    fields_[1] = {.name = "value",
                  .wire = "value",
                  .type = value,
                  .offset = static_cast<uint32_t>(entry_.second)};
    entry_.type.count = 2;
    entry_.type.fields = fields_;
    map_ = {.kind = PF_MAP, .size = sizeof(pf_list), .align = alignof(pf_list), .counted = 1};
    map_.element = &entry_.type;
  }
  MapType(const MapType&) = delete;
  MapType& operator=(const MapType&) = delete;

  [[nodiscard]] const pf_type* map() const { return &map_; }
  [[nodiscard]] const pf_type* entry() const { return &entry_.type; }
  [[nodiscard]] const void* value_of(const void* entry) const {
    return static_cast<const char*>(entry) + entry_.second;
  }
  /// Sets a key of a map, whose reference it takes; key and value get one more.
  void* set(void* map, const pf_str& key, const void* value) const {
    pf_str_retain(key);
    pf_retain_value(value, value_);
    return pf_map_set(map, &key, value, &map_);
  }

 private:
  pf_lists::TwoParts entry_;
  const pf_type* value_;
  pf_field fields_[2];
  pf_type map_;
};

const pf_str& key_of(const void* entry) { return *static_cast<const pf_str*>(entry); }

}  // namespace

pf_status pfn_lists_map_get(pf_call*, const map_get_in* in, map_get_out* out) {
  MapType type(in->type_T);
  const void* value = pf_map_find(in->map.head, &in->key, type.map());
  if (value) pf_lists::put_optional(out->value, value, in->type_T);
  return PF_DONE;
}

pf_status pfn_lists_keys(pf_call*, const keys_in* in, keys_out* out) {
  MapType type(in->type_T);
  Items entries(in->map, type.entry());
  NewList keys(&kText);
  for (size_t i = 0; i < entries.size(); ++i) keys.add_shared(entries[i]);
  out->keys = keys.take();
  return PF_DONE;
}

pf_status pfn_lists_values(pf_call*, const values_in* in, values_out* out) {
  MapType type(in->type_T);
  Items entries(in->map, type.entry());
  NewList values(in->type_T);
  for (size_t i = 0; i < entries.size(); ++i) values.add_shared(type.value_of(entries[i]));
  out->values = values.take();
  return PF_DONE;
}

pf_status pfn_lists_entries(pf_call*, const entries_in* in, entries_out* out) {
  if (in->map.head) ++in->map.head->count;
  out->entries = in->map;
  return PF_DONE;
}

pf_status pfn_lists_insert(pf_call*, const insert_in* in, insert_out* out) {
  MapType type(in->type_T);
  if (in->map.head) ++in->map.head->count;
  out->map = {static_cast<pf_list_head*>(type.set(in->map.head, in->key, in->value))};
  return PF_DONE;
}

pf_status pfn_lists_to_map(pf_call*, const to_map_in* in, to_map_out* out) {
  MapType type(in->type_T);
  Items entries(in->entries, type.entry());
  void* map = nullptr;
  for (size_t i = 0; i < entries.size(); ++i) {
    map = type.set(map, key_of(entries[i]), type.value_of(entries[i]));
  }
  out->map = {static_cast<pf_list_head*>(map)};
  return PF_DONE;
}
