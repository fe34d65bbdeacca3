/// Types of maps, sums and schemas by hand, as generated code would lay them out.
#pragma once

#include "runtime/src/values/list.h"
#include "test/unit/runtime/values.h"

namespace values {

using pflow::rt::kJsonType;

/// map<int>
struct IntEntry {
  pf_str key;
  int64_t value;
};
inline constexpr pf_field kIntEntryFields[] = {
    {"key", "key", &kStr, offsetof(IntEntry, key), "", nullptr},
    {"value", "value", &kInt, offsetof(IntEntry, value), "", nullptr}};
inline constexpr pf_type kIntEntry = {.kind = PF_RECORD,
                                      .size = sizeof(IntEntry),
                                      .align = 8,
                                      .counted = 1,
                                      .name = "KeyValue<int>",
                                      .count = 2,
                                      .fields = kIntEntryFields};
inline constexpr pf_type kIntMap = {
    .kind = PF_MAP, .size = 8, .align = 8, .counted = 1, .name = "map<int>", .element = &kIntEntry};

/// schema Item { id: int; label: str = "none"; score: float? }
struct Item {
  int64_t id;
  pf_str label;
  double score;
  bool has_score;
};
inline constexpr pf_type kOptFloat = {
    .kind = PF_OPT, .size = 16, .align = 8, .name = "float?", .element = &kFloat};
inline bool default_label(void* out) {
  *static_cast<pf_str*>(out) = {"none", 4, nullptr};
  return false;
}
inline constexpr pf_field kItemFields[] = {
    {"id", "id", &kInt, offsetof(Item, id), "", nullptr},
    {"label", "Label", &kStr, offsetof(Item, label), "", default_label},
    {"score", "score", &kOptFloat, offsetof(Item, score), "", nullptr}};
inline constexpr pf_type kItem = {.kind = PF_RECORD,
                                  .size = sizeof(Item),
                                  .align = 8,
                                  .counted = 1,
                                  .name = "Item",
                                  .count = 3,
                                  .fields = kItemFields};
inline constexpr pf_type kItems = {
    .kind = PF_LIST, .size = 8, .align = 8, .counted = 1, .name = "[Item]", .element = &kItem};

/// schema Tree { value: int; next: Tree? }: the optional is boxed.
struct Tree {
  int64_t value;
  pf_list next;
};
extern const pf_type kTree;
inline constexpr pf_type kOptTree = {.kind = PF_OPT,
                                     .size = 8,
                                     .align = 8,
                                     .counted = 1,
                                     .name = "Tree?",
                                     .element = &kTree,
                                     .count = 1};
inline constexpr pf_field kTreeFields[] = {
    {"value", "value", &kInt, offsetof(Tree, value), "", nullptr},
    {"next", "next", &kOptTree, offsetof(Tree, next), "", nullptr}};
inline constexpr pf_type kTree = {.kind = PF_RECORD,
                                  .size = sizeof(Tree),
                                  .align = 8,
                                  .counted = 1,
                                  .name = "Tree",
                                  .count = 2,
                                  .fields = kTreeFields};

/// Item | Tree
inline constexpr const pf_type* kVariants[] = {&kItem, &kTree};
inline constexpr pf_type kSum = {.kind = PF_SUM,
                                 .size = sizeof(pf_sum),
                                 .align = 8,
                                 .counted = 1,
                                 .name = "Item | Tree",
                                 .count = 2,
                                 .variants = kVariants};

/// A value of any type, released at its end.
template <typename T>
struct Held {
  explicit Held(const pf_type& of) : type(of) {}
  Held(const Held&) = delete;
  Held& operator=(const Held&) = delete;
  ~Held() { pf_drop_value(&value, &type); }
  T value{};
  const pf_type& type;
};

/// The value as compact JSON.
inline std::string json_of(const void* value, const pf_type& type) {
  return take(pf_json_text(value, &type, 0));
}

}  // namespace values
