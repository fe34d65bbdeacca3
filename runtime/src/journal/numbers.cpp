#include "runtime/src/journal/numbers.h"

#include <stddef.h>

#include "runtime/src/values/list.h"

namespace pflow::rt {
namespace {

struct Entry {
  pf_str key;
  int64_t number;
};
constexpr pf_type kNumberType = {
    .kind = PF_INT, .size = 8, .align = 8, .counted = 0, .name = "int"};
constexpr pf_field kFields[] = {
    {.name = "key", .wire = "key", .type = &kTextType},
    {.name = "value", .wire = "value", .type = &kNumberType, .offset = offsetof(Entry, number)}};
constexpr pf_type kEntryType = {.kind = PF_RECORD,
                                .size = sizeof(Entry),
                                .align = 8,
                                .counted = 1,
                                .name = "KeyValue",
                                .count = 2,
                                .fields = kFields};
constexpr pf_type kMapType = {.kind = PF_MAP,
                              .size = sizeof(pf_list),
                              .align = 8,
                              .counted = 1,
                              .name = "map<int>",
                              .element = &kEntryType};

}  // namespace

Numbers::~Numbers() {
  pf_list map{map_};
  pf_drop_value(&map, &kMapType);
}

void Numbers::set(pf_str text, int64_t number) {
  map_ = static_cast<pf_list_head*>(pf_map_set(map_, &text, &number, &kMapType));
}

int64_t Numbers::find(pf_str text, int64_t otherwise) const {
  const auto* found = static_cast<const int64_t*>(pf_map_find(map_, &text, &kMapType));
  return found ? *found : otherwise;
}

}  // namespace pflow::rt
