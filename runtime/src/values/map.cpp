#include "runtime/src/values/map.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "runtime/src/failures/failure.h"
#include "runtime/src/values/list.h"
#include "runtime/src/values/memory.h"
#include "runtime/src/values/nearest.h"

using namespace pflow::rt;

namespace {

/// Fewer entries are compared one by one.
constexpr size_t kUnindexed = 8;

/// What a map's head points to: positions plus one by the hash of their key, 0 where
/// nothing is. It covers the first `covered` entries; later ones are put in on demand.
struct Index {
  size_t covered;
  size_t mask;
  uint32_t slots[];
};

/// Differs from run to run, so that nobody can send keys that all collide.
uint64_t seed() {
  static uint64_t chosen;
  while (chosen == 0)
    if (getrandom(&chosen, sizeof chosen, 0) != sizeof chosen) chosen = 0x9e3779b97f4a7c15;
  return chosen;
}

uint64_t mixed(uint64_t a, uint64_t b) {
  auto product = static_cast<unsigned __int128>(a) * b;
  return static_cast<uint64_t>(product) ^ static_cast<uint64_t>(product >> 64);
}

/// Whether the first and last bytes of both, as many as a `Word` has, are the same.
template <typename Word>
bool same_ends(const pf_str& a, const pf_str& b) {
  Word first[2], last[2];
  memcpy(&first[0], a.data, sizeof(Word));
  memcpy(&first[1], b.data, sizeof(Word));
  memcpy(&last[0], a.data + a.len - sizeof(Word), sizeof(Word));
  memcpy(&last[1], b.data + b.len - sizeof(Word), sizeof(Word));
  return first[0] == first[1] && last[0] == last[1];
}

/// Most keys are short: a call would take longer than their comparison.
bool same_key(const pf_str& a, const pf_str& b) {
  if (a.len != b.len) return false;
  if (a.len >= 8 && a.len <= 16) return same_ends<uint64_t>(a, b);
  if (a.len >= 4 && a.len < 8) return same_ends<uint32_t>(a, b);
  return a.len == 0 || memcmp(a.data, b.data, a.len) == 0;
}

Index* index_of(pf_list_head* head) { return static_cast<Index*>(head->index); }

}  // namespace

namespace pflow::rt {

uint64_t hash_of(const pf_str& key) {
  constexpr uint64_t kFactor = 0xa0761d6478bd642f;
  uint64_t hash = seed() ^ key.len;
  const char* at = key.data;
  size_t left = key.len;
  for (; left >= 8; left -= 8, at += 8) {
    uint64_t word;
    memcpy(&word, at, 8);
    hash = mixed(hash ^ word, kFactor);
  }
  uint64_t rest = 0;
  if (left != 0) memcpy(&rest, at, left);
  return mixed(hash ^ rest, kFactor ^ seed());
}

}  // namespace pflow::rt

namespace {

void put(Index* index, const pf_str& key, size_t position) {
  size_t at = hash_of(key) & index->mask;
  while (index->slots[at] != 0) at = (at + 1) & index->mask;
  index->slots[at] = static_cast<uint32_t>(position + 1);
}

/// The index with room for all entries, not yet covering more of them than before.
Index* index_with_room(pf_list_head* head) {
  Index* index = index_of(head);
  if (index && head->len * 2 <= index->mask) return index;
  size_t slots = 32;
  while (slots < head->len * 4) slots *= 2;
  free(index);
  index = static_cast<Index*>(allocate_zeroed(sizeof(Index) + slots * sizeof(uint32_t)));
  index->mask = slots - 1;
  head->index = index;
  return index;
}

Index* complete_index(pf_list_head* head, const pf_type* map) {
  Index* index = index_with_room(head);
  for (; index->covered < head->len; ++index->covered)
    put(index, *map_key(list_at(head, index->covered, map->element)), index->covered);
  return index;
}

}  // namespace

namespace pflow::rt {

void* map_entry(pf_list_head* head, const pf_str& key, const pf_type* map) {
  size_t len = list_len(head);
  if (len <= kUnindexed) {
    for (size_t i = 0; i < len; ++i) {
      void* entry = list_at(head, i, map->element);
      if (same_key(*map_key(entry), key)) return entry;
    }
    return nullptr;
  }
  const Index* index = complete_index(head, map);
  for (size_t at = hash_of(key) & index->mask; index->slots[at] != 0; at = (at + 1) & index->mask) {
    void* entry = list_at(head, index->slots[at] - 1, map->element);
    if (same_key(*map_key(entry), key)) return entry;
  }
  return nullptr;
}

}  // namespace pflow::rt

const void* pf_map_find(void* map, const pf_str* key, const pf_type* type) {
  const void* entry = map_entry(static_cast<pf_list_head*>(map), *key, type);
  return entry ? map_value(entry, type) : nullptr;
}

void* pf_map_set(void* map, const pf_str* key, const void* value, const pf_type* type) {
  pf_list list{static_cast<pf_list_head*>(map)};
  list_make_own(list, type->element);
  const pf_type* value_type = map_value_type(type);
  void* entry = map_entry(list.head, *key, type);
  if (entry) {
    pf_drop_value(map_value(entry, type), value_type);
    pf_str_release(*key);
  } else {
    entry = list_add_zeroed(list, type->element);
    *map_key(entry) = *key;
    text_detach(*map_key(entry));
  }
  memcpy(map_value(entry, type), value, value_type->size);
  if (value_type->kind == PF_STR) text_detach(*static_cast<pf_str*>(map_value(entry, type)));
  return list.head;
}

void pf_raise_missing_key(const pf_site* site, void* map, const pf_str* key, const pf_type* type) {
  constexpr size_t kShown = 80;
  auto shown = static_cast<int>(key->len < kShown ? key->len : kShown);
  raise(PF_E_VALUE, site, "the map has no key `%.*s%s`", shown, key->data,
        key->len > kShown ? "..." : "");
  auto* head = static_cast<pf_list_head*>(map);
  Nearest nearest(*key);
  for (size_t i = 0; i < list_len(head); ++i)
    nearest.consider(*map_key(list_at(head, i, type->element)));
  if (!nearest.found()) return;
  pf_str best = nearest.best();
  raise_help("a key with a similar name exists: `%.*s`", static_cast<int>(best.len), best.data);
}
